using MediatR;
using Parceo.Patients.Contracts;

namespace Parceo.Slots.Contracts;

/// <summary>One patient of one orientation, alike in its live booking and where the orientation is kept.</summary>
public static class ExchangePatient
{
    /// <summary>Gives what is known there, and is answered with all that is known by then. Repeated it changes nothing.</summary>
    /// <param name="OrientationId">The orientation.</param>
    /// <param name="OrganisationId">Of the regulators.</param>
    /// <param name="Known">What is known there.</param>
    /// <param name="Reason">Why they come, as it was noted there: for a booking that nobody gave a reason with.</param>
    [SystemOnly]
    public sealed record Command(Guid OrientationId, Guid OrganisationId, PatientSheet Known, string? Reason = null)
        : IRequest<PatientSheet>;
}
