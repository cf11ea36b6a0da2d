using MediatR;

namespace Parceo.Slots.Contracts;

/// <summary>Whether the professional who sees a booked patient is their médecin traitant: the advice on the surcharge is no then (D26).</summary>
public static class NoteOwnPatient
{
    /// <summary>Idempotent, the last one counts; a booking that is not known is passed over.</summary>
    /// <param name="Own">False also while nobody knows who the médecin traitant is.</param>
    [SystemOnly]
    public sealed record Command(Guid BookingId, bool Own) : IRequest<Unit>;
}
