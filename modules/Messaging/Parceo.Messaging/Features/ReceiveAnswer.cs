using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Features;

/// <summary>Puts an answer by MSSanté into the conversation that was written from: once, whatever the number of deliveries. Its files go through the same quarantine as anybody's; those that are not allowed stay in the mailbox.</summary>
internal static class ReceiveAnswer
{
    // As much as somebody reads in a conversation; the whole mail stays in the mailbox.
    private const int Longest = 8_000;

    /// <param name="MailId">What it answers.</param>
    /// <param name="AnswerId">The received mail.</param>
    [SystemOnly]
    public sealed record Command(Guid MailId, Guid AnswerId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(MessagingDb db, ConversationLog log, FileIntake intake, ISender sender) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (await db.MailEntries.AsNoTracking().SingleOrDefaultAsync(l => l.Id == command.MailId, ct) is not { } letter)
                return Unit.Value;
            var conversation = await db.Conversations.SingleAsync(c => c.Id == letter.ConversationId, ct);
            if (await db.Entries.AnyAsync(e => e.ClientId == command.AnswerId && e.ConversationId == conversation.Id, ct))
                return Unit.Value;
            var answer = await sender.Send(new ReadAnswer(command.AnswerId), ct);
            var text = answer.Text.Length <= Longest ? answer.Text : answer.Text[..Longest] + "…";
            var (files, shown) = (new List<StoredFile>(), new List<AttachedFile>());
            foreach (var given in answer.Files == 0 ? [] : await sender.Send(new ReadAnswerFiles(command.AnswerId), ct))
            {
                if (
                    await intake.Take(conversation.Id, conversation.OrganisationId, Guid.Empty, given.Name, false, given.Content, ct)
                    is not var (file, name)
                )
                    continue;
                files.Add(file);
                shown.Add(new AttachedFile(file.Id, name, file.Type, file.Size));
            }
            var outside = new Outsider(answer.From, answer.Address, command.AnswerId, answer.Files - files.Count);
            var entry = log.Add(
                conversation,
                EntryKind.Message,
                new EntryBody(text, ReplyTo: letter.Seq, Files: shown.Count == 0 ? null : shown, Outside: outside),
                Guid.Empty,
                command.AnswerId
            );
            foreach (var file in files)
                file.AttachTo(entry.Seq);
            if (conversation.DoneAt is not null)
                conversation.Finish(null); // an answer takes the thread up again
            log.Tell(conversation);
            return Unit.Value;
        }
    }
}
