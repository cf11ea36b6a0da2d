using Parceo.Platform;

namespace Parceo.Host.Pages;

/// <summary>
/// What the modules put on « À traiter » for the person who asks. A module that fails says so in its own place and costs
/// the others nothing: whoever is asked for a patient now must see it whatever else is broken.
/// </summary>
internal sealed partial class HomeBoard(
    IEnumerable<HomeEntry> entries,
    IServiceProvider services,
    ICurrentUser user,
    ILogger<HomeBoard> logger
)
{
    /// <summary>What a part lists.</summary>
    /// <param name="Items">Null: it could not be asked.</param>
    /// <param name="More">How many others there are.</param>
    public sealed record Listed(HomeEntry Entry, IReadOnlyList<HomeItem>? Items, int More);

    /// <summary>How many things wait at each place of the menu; one that could not be asked is left out.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Counts(CancellationToken ct)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in Mine)
            if (await Guarded<int?>(entry, async part => await part.Count(ct), ct) is { } n)
                counts[entry.Place] = counts.GetValueOrDefault(entry.Place) + n;
        return counts;
    }

    /// <summary>What waits, part by part.</summary>
    public async Task<IReadOnlyList<Listed>> List(CancellationToken ct)
    {
        var all = new List<Listed>();
        foreach (var entry in Mine)
        {
            var listed = await Guarded<Listed>(
                entry,
                async part =>
                {
                    var items = await part.List(ct);
                    return new(entry, items, items.Count < HomePart.Most ? 0 : Math.Max(0, await part.Count(ct) - items.Count));
                },
                ct
            );
            all.Add(listed ?? new(entry, null, 0));
        }
        return all;
    }

    /// <summary>A period of the person's days, in order.</summary>
    public async Task<IReadOnlyList<DayItem>> Days(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var all = new List<DayItem>();
        foreach (var entry in Mine)
            all.AddRange(await Guarded<IReadOnlyList<DayItem>>(entry, async part => await part.Days(from, to, ct), ct) ?? []);
        return [.. all.OrderBy(d => d.Start).ThenBy(d => d.Title, FrenchText.ByName)];
    }

    /// <summary>Does an act of a row: <paramref name="act"/> is <c>part:verb:id</c>.</summary>
    /// <exception cref="NotFoundException">There is no such part, or it is not this person's.</exception>
    public async Task<(HomeDone Done, string? Instead)> Do(string act, CancellationToken ct)
    {
        if (
            act.Split(':') is not [var name, var verb, var text]
            || !Guid.TryParse(text, out var id)
            || Mine.FirstOrDefault(e => e.Name == name) is not { } entry
        )
            throw new NotFoundException("not_found");
        var done = await Of(entry).Do(verb, id, ct);
        return (done, done.Instead is { } other ? ActOf(entry, other.Verb, id) : null);
    }

    /// <summary>What a row's button sends.</summary>
    public static string ActOf(HomeEntry entry, string verb, Guid id) => $"{entry.Name}:{verb}:{id}";

    private IEnumerable<HomeEntry> Mine => user.IsSignedIn ? entries.Where(e => user.Can(e.Permission)) : [];

    private HomePart Of(HomeEntry entry) => (HomePart)services.GetRequiredService(entry.Part);

    private async Task<T?> Guarded<T>(HomeEntry entry, Func<HomePart, Task<T?>> ask, CancellationToken ct)
    {
        try
        {
            return await ask(Of(entry));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(logger, entry.Name, e.GetType().Name);
            return default;
        }
    }

    [LoggerMessage(LogLevel.Error, "The home part '{Part}' failed: {Failure}.")]
    private static partial void LogFailed(ILogger logger, string part, string failure);
}
