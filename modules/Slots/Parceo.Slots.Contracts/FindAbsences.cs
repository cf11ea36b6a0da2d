using MediatR;

namespace Parceo.Slots.Contracts;

/// <summary>Who takes nobody for a time (D28), for modules that plan people. Not for eyes: only that they are away, never why.</summary>
public static class FindAbsences
{
    /// <summary>Absences that touch the period.</summary>
    /// <param name="PractitionerIds">Directory ids, at most 500.</param>
    /// <param name="From">Included.</param>
    /// <param name="To">Excluded.</param>
    [SystemOnly]
    public sealed record Query(IReadOnlyCollection<Guid> PractitionerIds, DateTimeOffset From, DateTimeOffset To)
        : IRequest<IReadOnlyList<AbsenceOf>>;
}

/// <summary>An absence.</summary>
/// <param name="PractitionerId">Directory id.</param>
/// <param name="To">UTC, excluded; open-ended when null.</param>
public sealed record AbsenceOf(Guid PractitionerId, DateTimeOffset From, DateTimeOffset? To);
