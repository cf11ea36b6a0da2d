using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Data;

namespace Parceo.Platform;

/// <summary>
/// Which master key seals (S30). Numbers begin at 1 (<c>Data</c>, then <c>Data2</c>, <c>Data3</c>…); the highest whose
/// print is in the database is the current one. Serving hosts look every five seconds, so that <c>keys rotate</c> needs no
/// restart; until a host has looked, what it seals opens as before and is sealed anew by the rotation's next pass.
/// </summary>
public sealed class SealingKey(FieldCipher cipher, Keys keys, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SealingKey> log)
    : BackgroundService
{
    private const string First = "Data";

    /// <summary>How often a serving host looks.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Name of a master key among <see cref="Keys"/>.</summary>
    internal static string NameOf(byte number) => number == 1 ? First : string.Create(CultureInfo.InvariantCulture, $"{First}{number}");

    /// <summary>The number in a master key's name; null for any other key.</summary>
    internal static byte? NumberOf(string name) =>
        name == First ? 1
        : name.StartsWith(First, StringComparison.Ordinal)
        && byte.TryParse(name.AsSpan(First.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && NameOf(number) == name
            ? number
        : null;

    /// <summary>Seals with the current key from now on, if this node holds it.</summary>
    public async Task Look(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var prints = await scope.ServiceProvider.GetRequiredService<PlatformDb>().KeyFingerprints.AsNoTracking().ToListAsync(ct);
        var (number, print) = prints
            .Select(p => (Number: NumberOf(p.Name), p.Print))
            .Where(p => p.Number is not null)
            .OrderBy(p => p.Number)
            .LastOrDefault();
        if (number is not { } current || current == cipher.Current)
            return;
        if (!keys.Has(NameOf(current)) || !keys.FingerprintOf(NameOf(current)).AsSpan().SequenceEqual(print))
        {
            log.LogError(
                "The database is sealed with the key {Key}, which this node does not hold: give it to the node and restart it",
                NameOf(current)
            );
            return;
        }
        cipher.Current = current;
        log.LogInformation("Sealing with key {Number}", current);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(
            Every,
            Look,
            e => log.LogWarning("The current key could not be looked up: {Failure}", e.GetType().Name),
            stoppingToken,
            clock
        );
}
