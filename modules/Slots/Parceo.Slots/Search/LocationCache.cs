using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Slots.Data;

namespace Parceo.Slots.Search;

/// <summary>
/// Locations and radii that searches ask for again and again, kept for a minute: a changed radius, and what a territory calls
/// its places, shows within that minute. Bounded to 10,000 entries.
/// </summary>
internal sealed class LocationCache(IServiceScopeFactory scopes) : IDisposable
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);
    private const double FallbackKm = 20;
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>The location and its département's default radius in km.</summary>
    /// <exception cref="InvalidException"><c>place_unknown</c></exception>
    public async Task<(Location Location, double RadiusKm)> Of(string text, Guid organisation, ISender sender, CancellationToken ct)
    {
        var key = (organisation, text); // the same word is another place in another territory
        if (cache.TryGetValue(key, out (Location, double) known))
            return known;
        var location = await sender.Send(new ResolveLocation.Query(text), ct) ?? throw InvalidException.Of("place", "place_unknown");
        var found = (location, location.Departement is { } d ? await Radius(d, sender, ct) : FallbackKm);
        cache.Set(key, found, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Keep });
        return found;
    }

    private async Task<double> Radius(string departement, ISender sender, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var own = await scope
            .ServiceProvider.GetRequiredService<SlotsDb>()
            .Radii.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Departement == departement, ct);
        return own?.DefaultKm ?? (await sender.Send(new FindSearchRadius.Query(departement), ct))?.DefaultKm ?? FallbackKm;
    }

    public void Dispose() => cache.Dispose();
}
