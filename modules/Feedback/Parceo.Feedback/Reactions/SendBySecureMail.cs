using Parceo.Access.Contracts;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Features;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.SecureMail.Contracts;

namespace Parceo.Feedback.Reactions;

/// <summary>
/// A médecin traitant without an account gets the report by MSSanté, when the directory knows an address and the author's
/// organisation can send (W1.9, D23). The event's id is the key: a repeated delivery sends nothing twice.
/// </summary>
internal sealed class SendBySecureMail(SystemSender system) : IEffect<ReportSent>, IEffect<MailStateChanged>, IEffect<AnswerReceived>
{
    /// <summary>Name of the origin that states and answers come back with.</summary>
    internal const string Origin = "feedback";

    public async Task Handle(ReportSent e, Guid eventId, CancellationToken ct)
    {
        if ((await Send(new FindAccounts([e.MtPractitionerId], FeedbackPermissions.Read), eventId, ct)).Count > 0)
            return;
        if (await Send(new FindSecureAddresses([e.MtPractitionerId]), eventId, ct) is not [var to, ..])
            return;
        var way = await Send(new GetReportMail.Query(e.BookingId), eventId, ct);
        if ((await Send(new FindSender(way.OrganisationId), eventId, ct)).Address is null)
            return;
        try
        {
            await Send(
                new SendSecureMail(
                    eventId,
                    way.OrganisationId,
                    way.AuthorId,
                    [to.Address],
                    "Retour de soins non programmés",
                    way.Text,
                    new MailOrigin(Origin, e.BookingId),
                    PatientId: way.PatientId
                ),
                eventId,
                ct
            );
        }
        catch (InvalidException)
        {
            // An address outside the liste blanche: nothing leaves, and trying again would change nothing.
        }
    }

    public Task Handle(MailStateChanged e, Guid eventId, CancellationToken ct) =>
        e.Origin == Origin
        && e.AuthorId != Guid.Empty
        && e.State is MailState.Refused or MailState.Bounced or MailState.IntegrationError or MailState.GivenUp
            ? Tell(eventId, e.OriginId, e.AuthorId, "Un retour envoyé par MSSanté n’a pas été remis.", ct)
            : Task.CompletedTask;

    public async Task Handle(AnswerReceived e, Guid eventId, CancellationToken ct)
    {
        if (e.Origin == Origin)
            await Tell(
                eventId,
                e.OriginId,
                (await Send(new GetReportMail.Query(e.OriginId), eventId, ct)).AuthorId,
                "Le médecin traitant a répondu à votre retour.",
                ct
            );
    }

    private Task Tell(Guid eventId, Guid booking, Guid author, string text, CancellationToken ct) =>
        Send(
            new NotifyPeople(
                eventId,
                booking,
                Recipients.Of(author),
                NoticeSubjects.Report,
                text,
                $"/soins-non-programmes/retours/{booking}"
            ),
            eventId,
            ct
        );

    private Task<T> Send<T>(MediatR.IRequest<T> request, Guid eventId, CancellationToken ct) =>
        system.Send(request, $"feedback-{eventId:n}", ct);
}
