using MediatR;

namespace Parceo.Regulation.Contracts;

/// <summary>The report to the médecin traitant was sent: the orientation that waited for it is closed.</summary>
public static class MarkReported
{
    /// <summary>Idempotent; an orientation that does not wait for a report stays as it is.</summary>
    [SystemOnly]
    public sealed record Command(Guid OrientationId) : IRequest<Unit>;
}
