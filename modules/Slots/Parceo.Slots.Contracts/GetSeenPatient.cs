using MediatR;
using Parceo.Patients.Contracts;

namespace Parceo.Slots.Contracts;

/// <summary>The patient of a booking, for the professional who received them (S22); traced (S31).</summary>
[Requires(SlotsPermissions.RecordOutcome), Audited]
public sealed record GetSeenPatient(Guid BookingId) : IRequest<SeenPatient>;

/// <summary>Identity minimum.</summary>
/// <param name="PatientId">The reference.</param>
/// <param name="Patient">As known now.</param>
/// <param name="CaseReference">Number of the dispatch case.</param>
/// <param name="Zone">IANA zone of the place.</param>
/// <param name="Reason">Why they came and what the regulators noted; null when nobody said.</param>
public sealed record SeenPatient(
    Guid PatientId,
    PatientTraits Patient,
    string CaseReference,
    DateTimeOffset Start,
    string Zone,
    string? Reason = null
);
