using MediatR;

namespace Parceo.Slots.Contracts;

/// <summary>The patient of a booking, for the professional who received them (S22); traced (S31).</summary>
[Requires(SlotsPermissions.RecordOutcome), Audited]
public sealed record GetSeenPatient(Guid BookingId) : IRequest<SeenPatient>;

/// <summary>Identity minimum.</summary>
/// <param name="Label">« Yvette Collin, 81 ans, femme ».</param>
/// <param name="CaseReference">Number of the dispatch case.</param>
/// <param name="Zone">IANA zone of the place.</param>
public sealed record SeenPatient(string Label, string CaseReference, DateTimeOffset Start, string Zone);
