namespace Parceo.Platform;

/// <summary>A place of « Administration »: one menu of its own, to which every module adds what it administers.</summary>
/// <param name="Label">French.</param>
/// <param name="Order">Smaller comes first; no two alike.</param>
/// <param name="Permission">Shown to whoever holds it.</param>
public sealed record AdministrationEntry(string Label, string Href, int Order, string Permission)
{
    /// <summary>Who declared it.</summary>
    public string Module { get; init; } = "";
}

/// <summary>What an installation begins with: where it is, whom it serves.</summary>
/// <param name="OrganisationId">The organisation of whoever looks.</param>
/// <param name="PersonId">Who looks.</param>
/// <param name="Departements">Whole départements of its territory.</param>
/// <param name="Communes">Communes of its territory.</param>
public sealed record FirstDay(
    Guid OrganisationId,
    Guid PersonId,
    IReadOnlyCollection<string> Departements,
    IReadOnlyCollection<string> Communes
);

/// <summary>
/// A step of the first day, which ticks itself: the administrator's start page shows what is missing, why it matters, and
/// where it is done. A module that is left out has none.
/// </summary>
/// <param name="Name">Unique and stable, without the module's name.</param>
/// <param name="Order">Smaller comes first; no two alike.</param>
/// <param name="Title">French, what is to do.</param>
/// <param name="Why">French, what does not work without it.</param>
/// <param name="Act">French, the words of the link.</param>
public sealed record FirstStep(string Name, int Order, string Title, string Why, string Href, string Act)
{
    /// <summary>Who may do it; null for whoever administers. Of an organisation that does not run the installation, the page says who does it instead.</summary>
    public string? Permission { get; init; }

    /// <summary>Whether it is done: one cheap query, as the host itself.</summary>
    public required Func<IServiceProvider, FirstDay, CancellationToken, Task<bool>> IsDone { get; init; }
}
