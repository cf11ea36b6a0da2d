using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Host.Pages;

/// <summary>
/// The palette (Ctrl K): what one can do, the places of the menu, and what the modules find. <c>&gt;</c> asks for acts only,
/// <c>@</c> for people only. A module that fails or is slow is left out; the others answer.
/// </summary>
internal sealed partial class Palette(
    IEnumerable<PaletteEntry> sources,
    IEnumerable<PaletteCommand> commands,
    IEnumerable<MenuEntry> menu,
    IEnumerable<AdministrationEntry> administration,
    IServiceProvider services,
    ICurrentUser user,
    ILogger<Palette> logger
)
{
    private const int Acts = 8,
        Shortest = 2,
        Longest = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="Q">As typed, at most 100 characters. In a body: a case number or a title may tell of a patient (S66).</param>
    public sealed record Words(string? Q);

    /// <param name="Group">French, above the hits.</param>
    public sealed record Found(string Group, IReadOnlyList<Hit> Hits);

    /// <param name="Icon">Name of an icon of the sprite.</param>
    public sealed record Hit(string Icon, string Text, string? Detail, string Href);

    /// <exception cref="InvalidException">Too long, or not a line of text.</exception>
    public async Task<IReadOnlyList<Found>> Find(string? typed, CancellationToken ct)
    {
        var text = (typed ?? "").Trim();
        if (text.Length > Longest || !TextRules.IsLine(text))
            throw InvalidException.Of("q", "text_unreadable");
        var only = text.Length > 0 && text[0] is '>' or '@' ? text[0] : ' ';
        var words = text.TrimStart('>', '@').Trim();
        var found = new List<Found>();
        if (only != '@' && ActsFor(words) is { Count: > 0 } acts)
            found.Add(new("Actions", acts));
        if (only == '>' || words.Length < Shortest)
            return found;
        foreach (var source in sources.OrderBy(s => s.Order).Where(s => s.Permission is null || user.Can(s.Permission)))
            if ((only != '@' || source.People) && await Ask(source, words, ct) is { Count: > 0 } hits)
                found.Add(new(source.Group, [.. hits.Take(PaletteSource.Most).Select(h => new Hit(h.Icon, h.Text, h.Detail, h.Href))]));
        return found;
    }

    /// <summary>Verbs and places of which every word typed begins one; all verbs when nothing is typed.</summary>
    private List<Hit> ActsFor(string words)
    {
        var typed = TextRules.FoldedWords(words).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool Meant(string of) => typed.All(w => $" {TextRules.FoldedWords(of)}".Contains($" {w}", StringComparison.Ordinal));
        var verbs = commands
            .Where(c => c.Permissions.Length == 0 || c.Permissions.Any(user.Can))
            .Where(c => Meant($"{c.Label} {c.Words}"))
            .OrderByDescending(c => Meant(c.Label))
            .Select(c => new Hit(c.Icon, c.Label, null, c.Href));
        var places = Shell
            .MenuOf(user, menu)
            .Where(i => Meant(i.Label))
            .Select(i => new Hit(i.Icon, i.Label, "Page", i.Href))
            .Concat(
                administration
                    .Where(e => user.Can(e.Permission) && Meant($"{e.Label} administration"))
                    .OrderBy(e => e.Order)
                    .Select(e => new Hit("settings", e.Label, "Administration", e.Href))
            );
        return [.. verbs.Concat(typed.Length == 0 ? [] : places).DistinctBy(h => h.Text).Take(Acts)];
    }

    private async Task<IReadOnlyList<PaletteHit>> Ask(PaletteEntry source, string words, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return await ((PaletteSource)services.GetRequiredService(source.Source)).Find(words, patience.Token);
        }
        // Too many searches is for the person to hear; what a source does not understand finds nothing there.
        catch (Exception e) when (!ct.IsCancellationRequested && e is not RefusalException { Code: "too_many_requests" })
        {
            if (e is not InvalidException)
                LogFailed(logger, source.Group, patience.IsCancellationRequested ? "too slow" : e.GetType().Name);
        }
        return [];
    }

    [LoggerMessage(LogLevel.Warning, "The palette left out '{Group}': {Failure}.")]
    private static partial void LogFailed(ILogger logger, string group, string failure);
}
