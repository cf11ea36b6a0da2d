using MediatR;

namespace Parceo.Slots.Contracts;

/// <summary>The next free slots of a professional, for their page in the directory.</summary>
public static class GetNextSlots
{
    /// <summary>At most <paramref name="Limit"/> (1–20), soonest first; empty for whoever may not see them.</summary>
    [OpenToSignedIn("Answers only what the caller's territory or own agenda shows.")]
    public sealed record Query(Guid PractitionerId, int Limit = 5) : IRequest<IReadOnlyList<NextSlot>>;
}

/// <summary>A free slot to come.</summary>
/// <param name="Zone">IANA zone of the place, for display.</param>
public sealed record NextSlot(Guid RangeId, Guid ActivityId, DateTimeOffset Start, DateTimeOffset End, int PlacesLeft, string Mode, string Zone);
