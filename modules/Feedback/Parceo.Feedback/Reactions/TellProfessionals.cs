using Parceo.Feedback.Contracts;
using Parceo.Feedback.Events;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;

namespace Parceo.Feedback.Reactions;

/// <summary>Tells the author that a report is owed, and the médecin traitant that one came.</summary>
internal sealed class TellProfessionals(SystemSender system)
    : IEffect<ReportDue>,
        IEffect<ReportWaived>,
        IEffect<ReportReminder>,
        IEffect<ReportSent>,
        IEffect<ReportRead>
{
    public Task Handle(ReportDue e, Guid eventId, CancellationToken ct) =>
        Tell(
            eventId,
            e.BookingId,
            e.PractitionerId,
            FeedbackPermissions.Write,
            "Un retour au médecin traitant est à écrire, sous 48 heures.",
            ct
        );

    public Task Handle(ReportWaived e, Guid eventId, CancellationToken ct) =>
        system.Send(new ClearNotices(e.BookingId), Reference(eventId), ct);

    public Task Handle(ReportReminder e, Guid eventId, CancellationToken ct) =>
        Tell(
            eventId,
            e.BookingId,
            e.PractitionerId,
            FeedbackPermissions.Write,
            e.Number == 1 ? "Rappel : un retour au médecin traitant reste à écrire." : "Un retour au médecin traitant est en retard.",
            ct
        );

    public async Task Handle(ReportSent e, Guid eventId, CancellationToken ct)
    {
        await system.Send(new ClearNotices(e.BookingId, Except: eventId), Reference(eventId), ct);
        await Tell(
            eventId,
            e.BookingId,
            e.MtPractitionerId,
            FeedbackPermissions.See,
            "Un retour de soins non programmés vous est adressé.",
            ct
        );
    }

    public Task Handle(ReportRead e, Guid eventId, CancellationToken ct) =>
        system.Send(new ClearNotices(e.BookingId), Reference(eventId), ct);

    private Task Tell(Guid eventId, Guid booking, Guid practitioner, string permission, string text, CancellationToken ct) =>
        system.Send(
            new NotifyPeople(
                eventId,
                booking,
                Recipients.Professional(practitioner, permission),
                NoticeSubjects.Report,
                text,
                $"/soins-non-programmes/retours/{booking}"
            ),
            Reference(eventId),
            ct
        );

    private static string Reference(Guid eventId) => $"feedback-{eventId:n}";
}
