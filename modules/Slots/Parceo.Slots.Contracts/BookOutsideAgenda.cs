using MediatR;
using Parceo.Patients.Contracts;

namespace Parceo.Slots.Contracts;

/// <summary>
/// Books a patient with an effector who accepted a solicitation: a range of one place, full from the start and never
/// found by a search. The effector's own limits, absences and outside agendas do not refuse what they accepted themselves;
/// a patient whom they are promised to at that time does, with <c>effector_busy</c>. Their own slots of that time go off offer.
/// </summary>
public static class BookOutsideAgenda
{
    /// <summary>How long an accepted patient takes, unless it is said.</summary>
    public const int UsualMinutes = 20;

    /// <summary>Idempotent by orientation: repeated for the same professional and start it answers with the same booking.</summary>
    /// <param name="OrientationId">At most one live booking each; another one is refused with <c>orientation_booked</c>.</param>
    /// <param name="PractitionerId">Who accepted.</param>
    /// <param name="CalendarId">Where: one of their calendars.</param>
    /// <param name="OrganisationId">The regulator's organisation: it owns the booking.</param>
    /// <param name="RegulatorId">Who asked.</param>
    /// <param name="Start">At most an hour past: an acceptance may be carried out late.</param>
    /// <param name="Mode">How the patient is seen.</param>
    /// <param name="CaseReference">Number of the dispatch case, 1–64 characters.</param>
    /// <param name="Patient">Identity minimum (S22).</param>
    /// <param name="Minutes">5–840.</param>
    /// <param name="Known">Who said what of the patient before; when absent, the regulators said it now.</param>
    /// <param name="Reason">Why the patient comes and what the regulators noted.</param>
    [SystemOnly]
    public sealed record Command(
        Guid OrientationId,
        Guid PractitionerId,
        Guid CalendarId,
        Guid OrganisationId,
        Guid RegulatorId,
        DateTimeOffset Start,
        Mode Mode,
        string CaseReference,
        PatientTraits Patient,
        int Minutes = UsualMinutes,
        PatientSheet? Known = null,
        string? Reason = null
    ) : IRequest<Response>;

    /// <summary>The booking and the range it stands in.</summary>
    public sealed record Response(Guid BookingId, Guid RangeId, DateTimeOffset Start);
}
