namespace Parceo.Platform;

/// <summary>Something one can do from anywhere, by its words in the palette (Ctrl K).</summary>
/// <param name="Label">French, verb first: « Ouvrir un dossier ». Unique.</param>
/// <param name="Icon">Name of an icon of the sprite.</param>
/// <param name="Href">The page where it is done.</param>
/// <param name="Words">Other words that people would type for it.</param>
/// <param name="Permissions">Shown to whoever holds one of them; to everyone signed in when empty.</param>
public sealed record PaletteCommand(string Label, string Icon, string Href, string Words, params string[] Permissions)
{
    /// <summary>Who declared it; <see cref="ModuleBuilder.AddCommand"/> says so.</summary>
    public string Module { get; init; } = "";
}

/// <summary>
/// What a module finds for the palette: people, conversations, cases. It asks only its module's own requests, so rights and
/// traces are theirs. Words travel in a body, never in an address (S66).
/// </summary>
public abstract class PaletteSource
{
    /// <summary>Rows that a source finds at most.</summary>
    public const int Most = 5;

    /// <summary>Finds by words as typed, at least two characters of them.</summary>
    public abstract Task<IReadOnlyList<PaletteHit>> Find(string words, CancellationToken ct);
}

/// <summary>Something found.</summary>
/// <param name="Icon">Name of an icon of the sprite.</param>
/// <param name="Text">Its name.</param>
/// <param name="Detail">A telling line: profession and commune, or null.</param>
public sealed record PaletteHit(string Icon, string Text, string? Detail, string Href);

/// <summary>A declared source.</summary>
/// <param name="Group">French, above what it finds: « Annuaire ». Unique.</param>
/// <param name="Order">Smaller comes first.</param>
/// <param name="People">Whether it finds people: « @ » asks only those.</param>
public sealed record PaletteEntry(string Module, string Group, int Order, bool People, Type Source, string? Permission);
