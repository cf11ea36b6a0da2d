using MediatR;

namespace Parceo.Slots.Contracts;

/// <summary>What is still free in the caller's territory on a day, one line a professional and place: for paper, when screens are down.</summary>
public static class ListFreeSlotsOfDay
{
    /// <summary>By commune, then name. No patient data.</summary>
    /// <param name="From">Included; slots that begin earlier are past.</param>
    /// <param name="To">Excluded, at most 48 h later.</param>
    /// <param name="Limit">Lines, 1–200.</param>
    [Requires(SlotsPermissions.Search)]
    public sealed record Query(DateTimeOffset From, DateTimeOffset To, int Limit = 80) : IRequest<FreeSlotsOfDay>;
}

/// <summary>Free slots of a day.</summary>
/// <param name="Lines">The first of them.</param>
/// <param name="Others">How many more professionals have a free slot.</param>
public sealed record FreeSlotsOfDay(IReadOnlyList<FreeSlotsLine> Lines, int Others);

/// <summary>A professional at a place.</summary>
/// <param name="Name">With the title.</param>
/// <param name="Skill">Label of the specialty.</param>
/// <param name="LocationLabel">Structure or street line.</param>
/// <param name="Commune">Name of the commune.</param>
/// <param name="Phone">Public telephone, or null.</param>
/// <param name="Zone">IANA zone of the place.</param>
/// <param name="Slots">By start; the first thirty.</param>
public sealed record FreeSlotsLine(
    string Name,
    string Skill,
    string LocationLabel,
    string Commune,
    string? Phone,
    string Zone,
    IReadOnlyList<FreeSlot> Slots
);

/// <summary>A slot or range with a place left.</summary>
public sealed record FreeSlot(DateTimeOffset Start, DateTimeOffset End, int PlacesLeft);
