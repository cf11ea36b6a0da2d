using MediatR;

namespace Parceo.Slots.Contracts;

/// <summary>
/// When professionals are promised to a patient: their own slots that are booked or held, and what they accepted. For modules
/// that let them accept another one; never who the patient is.
/// </summary>
public static class FindPromises
{
    /// <summary>Promises that touch the period.</summary>
    /// <param name="PractitionerIds">Directory ids, at most 500.</param>
    /// <param name="From">Included.</param>
    /// <param name="To">Excluded.</param>
    [SystemOnly]
    public sealed record Query(IReadOnlyCollection<Guid> PractitionerIds, DateTimeOffset From, DateTimeOffset To)
        : IRequest<IReadOnlyList<Promise>>;
}

/// <summary>A time in which a professional can see nobody else.</summary>
/// <param name="PractitionerId">Directory id.</param>
/// <param name="End">UTC, excluded.</param>
public sealed record Promise(Guid PractitionerId, DateTimeOffset Start, DateTimeOffset End);
