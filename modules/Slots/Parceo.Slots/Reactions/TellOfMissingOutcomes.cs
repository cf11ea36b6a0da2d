using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;
using Parceo.Slots.Events;

namespace Parceo.Slots.Reactions;

/// <summary>A day after the act nobody said whether the patient came (W1.8): the effector and their delegates are told once, until somebody says it or it is cancelled.</summary>
internal sealed class TellOfMissingOutcomes(SystemSender system, TimeProvider clock)
    : IEffect<OutcomeReminderDue>,
        IEffect<OutcomeRecorded>,
        IEffect<BookingCancelled>
{
    public Task Handle(OutcomeReminderDue e, Guid eventId, CancellationToken ct)
    {
        var day = FrenchText.LongDay(e.End, Zones.OfDepartement(e.Departement));
        var text = $"Une issue reste à noter : patient attendu {day}.";
        return system.Send(
            new NotifyPeople(
                eventId,
                e.BookingId,
                Recipients.Professional(e.PractitionerId, SlotsPermissions.RecordOutcome),
                NoticeSubjects.Agenda,
                text,
                "/soins-non-programmes/creneaux",
                Until: clock.GetUtcNow() + TimeSpan.FromDays(7)
            ),
            $"outcome-{eventId:n}",
            ct
        );
    }

    public Task Handle(OutcomeRecorded e, Guid eventId, CancellationToken ct) => Clear(e.BookingId, eventId, ct);

    public Task Handle(BookingCancelled e, Guid eventId, CancellationToken ct) => Clear(e.BookingId, eventId, ct);

    private Task Clear(Guid booking, Guid eventId, CancellationToken ct) =>
        system.Send(new ClearNotices(booking, NoticeSubjects.Agenda), $"outcome-{eventId:n}", ct);
}
