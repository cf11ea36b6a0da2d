using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Parceo.Demo;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>A conversation's page as a browser gets it, before any script.</summary>
internal sealed partial class ThreadPageTests
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(Engine.Sqlite, demo: true);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task The_way_to_the_first_message_that_was_not_read_is_offered_while_there_is_one()
    {
        var (noel, faure) = (Of(DemoCast.Noel), Of(DemoCast.Faure));
        var group = (await host.Send(noel, new OpenConversation.Command([faure.Id]))).Id;
        foreach (var (by, text) in new[] { (noel, "lu"), (faure, "à moi"), (noel, "pas lu"), (noel, "ni cela") })
            await host.Send(by, new PostEntry.Command(group, Guid.CreateVersion7(), Text: text));
        var lines = (await host.Send(faure, new ListHistory.Query(group))).Messages;
        var (read, first, last) = (lines[^4].Seq, lines[^2].Seq, lines[^1].Seq);
        await host.Send(faure, new MarkRead.Command(group, read));
        var offered = Unread().Match(await Page(DemoCast.Faure, $"/messages/{group}"));
        Assert.That((offered.Groups["to"].Value, offered.Groups["text"].Value), Is.EqualTo(($"#m{first}", "2 non lus")));
        Assert.That(await Page(DemoCast.Faure, $"/messages/{group}"), Does.Contain($"id=\"m{first}\""), "it leads somewhere");
        await host.Send(faure, new MarkRead.Command(group, last));
        Assert.That(await Page(DemoCast.Faure, $"/messages/{group}"), Does.Not.Match(Unread()));
    }

    private static TestUser Of(CastMember who) => new(who.Id, who.Organisation.Id, [.. who.Roles]);

    private async Task<string> Page(CastMember reader, string path)
    {
        using var browser = host.Client();
        browser.DefaultRequestHeaders.Add("Cookie", await host.SessionCookie(new World.Caller(reader.Id, reader.Organisation.Id, "")));
        return WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(path, UriKind.Relative))).Replace('\u00A0', ' ');
    }

    [GeneratedRegex("href=\"(?<to>#m\\d+)\"[^>]*data-unread[^>]*>.*?(?<text>\\d+ non lus?)<", RegexOptions.Singleline)]
    private static partial Regex Unread();
}
