using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform;
using Parceo.Platform.Cli;

namespace Parceo.EndToEnd.Tests;

/// <summary>What people do who are not in the demonstration: accept an invitation, enrol a second factor.</summary>
internal static class Newcomer
{
    /// <summary>One page, one password, and they are in.</summary>
    public static async Task Accept(IPage page, string invitation, string password)
    {
        await page.GotoAsync(invitation);
        await page.GetByLabel("Choisissez un mot de passe").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer mon compte" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/invitation/", StringComparison.Ordinal));
        Assert.That(page.Url, Does.Not.Contain("/connexion"));
    }

    /// <summary>An authenticator app, on the page that somebody with a role is led to.</summary>
    public static async Task Enrol(IPage page)
    {
        await page.GotoAsync("/compte/second-facteur");
        var key = (await page.GetByText("Ou saisissez cette clé à la main").Locator(".num").InnerTextAsync()).Replace(
            " ",
            "",
            StringComparison.Ordinal
        );
        await page.GetByLabel("Code à 6 chiffres").FillAsync(Code(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Activer l’application" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Je les ai gardés" }).ClickAsync();
    }

    /// <summary>The path of the link that <c>admin create</c> prints.</summary>
    public static async Task<string> Invitation(string email, string name, string organisation)
    {
        await using var scope = Site.Host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
        var command = scope.ServiceProvider.GetServices<IParceoCommand>().Single(c => c.Verb == "admin create");
        using var said = new StringWriter();
        var console = Console.Out;
        Console.SetOut(said);
        try
        {
            Assert.That(
                await command.Run(["--email", email, "--name", name, "--organisation", organisation], CancellationToken.None),
                Is.Zero
            );
        }
        finally
        {
            Console.SetOut(console);
        }
        return new Uri(said.ToString().Trim()).AbsolutePath;
    }

    /// <summary>What an authenticator app shows now (RFC 6238).</summary>
    public static string Code(string key)
    {
        var bits = string.Concat(
            key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0'))
        );
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
#pragma warning disable CA5350 // what apps use
        var mac = HMACSHA1.HashData(
            secret,
            BitConverter.GetBytes(IPAddress.HostToNetworkOrder(Site.Host.Clock.GetUtcNow().ToUnixTimeSeconds() / 30))
        );
#pragma warning restore CA5350
        var number = IPAddress.NetworkToHostOrder(BitConverter.ToInt32(mac, mac[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
