namespace Parceo.Platform;

/// <summary>
/// What one module puts on « À traiter », the page everybody begins on: what waits for the person who asks, and their days.
/// The host draws it without knowing the module; a part asks only its module's own requests, so rights and traces are theirs.
/// Declared with <see cref="ModuleBuilder.AddHomePart"/>.
/// </summary>
public abstract class HomePart
{
    /// <summary>Rows that a part lists at most; what is beyond is counted, and listed on the module's own page.</summary>
    public const int Most = 20;

    /// <summary>How many things wait: one cheap query, since the menu shows it on every page. <see cref="Counted"/> means many.</summary>
    public abstract Task<int> Count(CancellationToken ct);

    /// <summary>What waits, soonest first, at most <see cref="Most"/>.</summary>
    public abstract Task<IReadOnlyList<HomeItem>> List(CancellationToken ct);

    /// <summary>What the person has to do in a period; nothing unless the module has a calendar of people.</summary>
    /// <param name="from">UTC.</param>
    /// <param name="to">UTC, at most eight days later.</param>
    public virtual Task<IReadOnlyList<DayItem>> Days(DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DayItem>>([]);

    /// <summary>Does an act of a row in place.</summary>
    /// <param name="verb">Of a <see cref="HomeAct"/> of this part.</param>
    /// <param name="id">The row's.</param>
    /// <exception cref="RefusalException">As the module refuses it.</exception>
    public virtual Task<HomeDone> Do(string verb, Guid id, CancellationToken ct) => throw new NotFoundException("not_found");

    /// <summary>Counting stops there: nobody reads a larger number.</summary>
    public const int Counted = 100;
}

/// <summary>A thing that waits for somebody.</summary>
/// <param name="Id">Unique within the part.</param>
/// <param name="Icon">Name of an icon of the sprite.</param>
/// <param name="Title">French, what it is and whose.</param>
/// <param name="Detail">One more line, or null.</param>
/// <param name="Href">Where it is done.</param>
/// <param name="Open">What one does there: « Répondre ».</param>
public sealed record HomeItem(Guid Id, string Icon, string Title, string? Detail, string Href, string Open)
{
    /// <summary>To be done by then; null: without haste.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Somebody waits at this moment, whatever the hour.</summary>
    public bool Urgent { get; init; }

    /// <summary>What can be done without leaving the page.</summary>
    public IReadOnlyList<HomeAct> Acts { get; init; } = [];
}

/// <summary>An act of a row.</summary>
/// <param name="Verb">Stable, of letters.</param>
/// <param name="Label">« Venu ».</param>
/// <param name="Icon">Name of an icon of the sprite.</param>
public sealed record HomeAct(string Verb, string Label, string Icon);

/// <summary>What an act did.</summary>
/// <param name="Said">« Noté : venu. »</param>
/// <param name="Instead">What a slip is put right with on the same row, « Plutôt absent »; or null.</param>
public sealed record HomeDone(string Said, HomeAct? Instead = null);

/// <summary>Something of a person's days.</summary>
/// <param name="Zone">IANA name of the place's time zone.</param>
/// <param name="Title">French: « Créneaux », « Garde, secteur Metz ».</param>
/// <param name="Detail">« 5 places prises sur 6 », or null.</param>
public sealed record DayItem(DateTimeOffset Start, DateTimeOffset End, string Zone, string Title, string? Detail, string Href)
{
    /// <summary>A line for each thing in it: who comes at what time.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}

/// <summary>A declared part. <paramref name="Place"/> is the menu address where its things are done and counted.</summary>
/// <param name="Name">Unique: it is in the forms of the page.</param>
public sealed record HomeEntry(string Module, string Name, string Place, Type Part, string Permission);
