using Parceo.Messaging.Contracts;
using Parceo.Messaging.Events;
using Parceo.Messaging.Features;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Reactions;

/// <summary>
/// Between conversations and MSSanté: hands over what was written and brings back what became of it and what was answered.
/// The letter's id is the key and the origin, so that repeated deliveries send, state and show nothing twice.
/// </summary>
internal sealed class CarryMail(SystemSender system, TimeProvider clock)
    : IEffect<MailWritten>,
        IEffect<MailStateChanged>,
        IEffect<AnswerReceived>
{
    private const string Origin = "messaging";

    public async Task Handle(MailWritten e, Guid eventId, CancellationToken ct)
    {
        if (await Send(new ReadMailEntry.Query(e.MailId), eventId, ct) is not { } letter)
            return;
        try
        {
            if (!letter.Whole)
                throw new NotFoundException("file_unknown");
            await Send(
                new SendSecureMail(
                    e.MailId,
                    letter.OrganisationId,
                    letter.AuthorId,
                    [letter.To],
                    letter.Subject,
                    letter.Text,
                    new MailOrigin(Origin, e.MailId),
                    letter.Files,
                    From: letter.From,
                    AnswersId: letter.Answers
                ),
                eventId,
                ct
            );
        }
        catch (RefusalException refused)
        {
            // Refused before the operator was asked: trying again would change nothing, so its author is told.
            var code = refused is InvalidException { Errors.Count: > 0 } invalid ? invalid.Errors.Values.First()[0] : refused.Code;
            await Settle(e.MailId, MailState.Refused, code, clock.GetUtcNow(), eventId, ct);
        }
    }

    public Task Handle(MailStateChanged e, Guid eventId, CancellationToken ct) =>
        e.Origin == Origin ? Settle(e.OriginId, e.State, e.Code, e.At, eventId, ct) : Task.CompletedTask;

    public Task Handle(AnswerReceived e, Guid eventId, CancellationToken ct) =>
        e.Origin == Origin ? Send(new ReceiveAnswer.Command(e.OriginId, e.AnswerId), eventId, ct) : Task.CompletedTask;

    private async Task Settle(Guid letter, MailState state, string? code, DateTimeOffset at, Guid eventId, CancellationToken ct)
    {
        if (await Send(new SettleMailEntry.Command(letter, state, code, at), eventId, ct) is not { } place)
            return;
        if (state is MailState.Refused or MailState.Bounced or MailState.IntegrationError or MailState.GivenUp)
            await Send(
                new NotifyPeople(
                    eventId,
                    letter,
                    Recipients.Of(place.AuthorId),
                    NoticeSubjects.Mail,
                    "Un message MSSanté n’a pas été remis\u00A0: voyez pourquoi.",
                    $"/messages/{place.ConversationId}"
                ),
                eventId,
                ct
            );
    }

    private Task<T> Send<T>(MediatR.IRequest<T> request, Guid eventId, CancellationToken ct) =>
        system.Send(request, $"messaging-{eventId:n}", ct);
}
