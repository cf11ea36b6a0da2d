using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Features;

/// <summary>
/// Writes by MSSanté to somebody without an account, from a conversation: what was sent, what became of it and the answer
/// stand in it. It leaves by an effect of its event; a refusal that can be known now is told now.
/// </summary>
internal static class SendMailEntry
{
    /// <param name="ConversationId">From where; null begins one with the caller alone, who may invite others.</param>
    /// <param name="ClientId">Made by the client: the same one is sent once.</param>
    /// <param name="To">MSSanté address. An ordinary one is refused.</param>
    /// <param name="Subject">One line, 1–200 characters.</param>
    /// <param name="Text">1–8 000 characters.</param>
    /// <param name="FileIds">Files of the conversation, at most 10: PDF, JPEG, PNG, text.</param>
    /// <param name="ReplyTo">The answer by MSSanté that it answers.</param>
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Message)]
    public sealed record Command(
        Guid? ConversationId,
        Guid ClientId,
        string To,
        string Subject,
        string Text,
        IReadOnlyList<Guid>? FileIds = null,
        long? ReplyTo = null
    ) : IRequest<Response>;

    /// <param name="ConversationId">Where it stands.</param>
    /// <param name="Seq">Its place there.</param>
    public sealed record Response(Guid ConversationId, long Seq);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ClientId).NotEmpty().WithMessage("entry_invalid");
            RuleFor(c => c.To).NotEmpty().WithMessage("mail_recipient_missing");
            RuleFor(c => c.Subject).Reference("mail_subject_invalid", 200);
            RuleFor(c => c.Text).Must(t => !string.IsNullOrWhiteSpace(t) && TextRules.IsText(t, 8_000)).WithMessage("message_text_invalid");
            RuleFor(c => c.FileIds)
                .Must(f => f is null || (f.Count <= 10 && f.Distinct().Count() == f.Count))
                .WithMessage("files_too_many");
        }
    }

    public sealed class Handler(
        MessagingDb db,
        ConversationLog log,
        MessageSeal seal,
        ISender sender,
        ICurrentUser user,
        IIds ids,
        TimeProvider clock,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var conversation = command.ConversationId is { } id ? await Mine(id, ct) : null;
            if (
                conversation is not null
                && await db
                    .Entries.AsNoTracking()
                    .Where(e => e.ClientId == command.ClientId && e.ConversationId == conversation.Id && e.SenderId == user.Id)
                    .Select(e => (long?)e.Seq)
                    .SingleOrDefaultAsync(ct)
                    is { } known
            )
                return new Response(conversation.Id, known);
            // May the caller send by MSSanté at all? SecureMail says so, or refuses.
            var way = await sender.Send(new CheckSecureAddress(command.To), ct);
            if (way.From is null)
                throw new ConflictException(way.Reason!);
            if (way.To is null)
                throw InvalidException.Of("to", way.Reason!);
            if (
                command.ReplyTo is { } answered
                && (conversation is null || !await db.Entries.AnyAsync(e => e.ConversationId == conversation.Id && e.Seq == answered, ct))
            )
                throw new NotFoundException("entry_target_unknown");
            var files = await Files(command, ct);
            conversation ??= await Begin(way.Name!, ct);

            var body = new EntryBody(
                command.Text,
                ReplyTo: command.ReplyTo,
                Mail: new MailTo(way.To, way.Name!, way.From, command.Subject.Trim()),
                Files: files.Count == 0 ? null : [.. files.Select(f => new AttachedFile(f.Id, seal.OpenFileName(f), f.Type, f.Size))]
            );
            var entry = log.Add(conversation, EntryKind.Mail, body, clientId: command.ClientId);
            foreach (var file in files.Where(f => f.Seq is null))
                file.AttachTo(entry.Seq);
            db.MailEntries.Add(new MailEntry(entry.Id, conversation.Id, entry.Seq, user.Id, user.OrganisationId, clock.GetUtcNow()));
            db.Publish(new MailWritten(entry.Id), conversation.Id);
            log.TellLists(conversation);
            audit.About("conversation", conversation.Id);
            return new Response(conversation.Id, entry.Seq);
        }

        private async Task<Conversation> Mine(Guid id, CancellationToken ct)
        {
            var (conversation, me) = await log.Mine(id, ct);
            return me.Role == MemberRole.Guest ? throw new ForbiddenException("guest_may_not") : conversation;
        }

        /// <summary>Of messages that the caller may read, or their own that wait to be sent.</summary>
        private async Task<List<StoredFile>> Files(Command command, CancellationToken ct)
        {
            if (command.FileIds is not { Count: > 0 } wanted)
                return [];
            var found = await db
                .Files.Where(f => wanted.Contains(f.Id) && f.ConversationId == command.ConversationId && f.State == FileState.Ready)
                .ToListAsync(ct);
            if (found.Count != wanted.Count)
                throw new NotFoundException("file_unknown");
            return found.TrueForAll(f => MailFile.Types.Contains(f.Type)) ? found : throw InvalidException.Of("files", "mail_file_refused");
        }

        private async Task<Conversation> Begin(string name, CancellationToken ct)
        {
            var (id, now) = (ids.New(), clock.GetUtcNow());
            var begun = new Conversation(
                id,
                user.OrganisationId,
                ConversationKind.Group,
                user.Id,
                now,
                seal.Title(name.Length <= 120 ? name : name[..120], user.OrganisationId, id)
            );
            if (await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: [user.Id]), ct) is not [var me])
                throw new ForbiddenException();
            begun.Join(me.PersonId, me.Name, me.Line, me.OrganisationId, MemberRole.Owner, withHistory: true, now);
            return db.Conversations.Add(begun).Entity;
        }
    }

    public sealed record Body(
        Guid ClientId,
        string To,
        string Subject,
        string Text,
        Guid? ConversationId = null,
        IReadOnlyList<Guid>? FileIds = null,
        long? ReplyTo = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("mails", async (Body b, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(
                    await sender.Send(new Command(b.ConversationId, b.ClientId, b.To, b.Subject, b.Text, b.FileIds, b.ReplyTo), ct)
                )
            )
            .WithName("SendMailEntry")
            .WithSummary("Writes by MSSanté from a conversation")
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
}
