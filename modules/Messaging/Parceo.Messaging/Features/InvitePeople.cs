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
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Brings people into a group or a channel. Who comes from another organisation is a guest: marked, and sees what follows only.</summary>
internal static class InvitePeople
{
    /// <param name="ConversationId">A group or channel of one's own.</param>
    /// <param name="PersonIds">Accounts, 1–50.</param>
    /// <param name="WithHistory">Members also see what was written before; guests never do.</param>
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Conversation)]
    public sealed record Command(Guid ConversationId, IReadOnlyList<Guid> PersonIds, bool WithHistory = false) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PersonIds).Must(p => p.Count is > 0 and <= 50).WithMessage("recipients_invalid");
    }

    public sealed class Handler(
        MessagingDb db,
        ISender sender,
        MessageSeal seal,
        ICurrentUser user,
        IIds ids,
        TimeProvider clock,
        AuditNote audit
    ) : IRequestHandler<Command, Unit>
    {
        private const int MostMembers = 500;

        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var conversation = await db.Conversations.Include(c => c.Members).SingleOrDefaultAsync(c => c.Id == command.ConversationId, ct);
            var me = conversation?.Members.Find(m => m.PersonId == user.Id && m.IsIn);
            if (conversation is null || me is null)
                throw new NotFoundException("conversation_unknown");
            if (me.Role == MemberRole.Guest)
                throw new ForbiddenException("guest_may_not");
            if (conversation.Kind is ConversationKind.Direct or ConversationKind.DeskThread)
                throw new ConflictException("conversation_closed_to_others");
            var found = await sender.Send(new DescribePeople.Query(conversation.OrganisationId, PersonIds: command.PersonIds), ct);
            if (command.PersonIds.Any(id => found.All(f => f.PersonId != id)))
                throw InvalidException.Of("personIds", "recipient_unknown");
            var (now, added) = (clock.GetUtcNow(), new List<Guid>());
            foreach (var one in found.Where(f => !conversation.Members.Exists(m => m.PersonId == f.PersonId && m.IsIn)))
            {
                if (conversation.Members.Count(m => m.IsIn) >= MostMembers)
                    throw new ConflictException("conversation_full");
                var guest = one.OrganisationId != conversation.OrganisationId;
                conversation.Join(
                    one.PersonId,
                    one.Name,
                    one.Line,
                    one.OrganisationId,
                    guest ? MemberRole.Guest : MemberRole.Member,
                    command.WithHistory && !guest,
                    now
                );
                var entry = ids.New();
                db.Entries.Add(
                    new Entry(
                        entry,
                        conversation.Id,
                        conversation.Next(EntryKind.Join, now),
                        EntryKind.Join,
                        user.Id,
                        entry,
                        now,
                        null,
                        null,
                        seal.Body(new EntryBody(Person: one.PersonId), conversation.OrganisationId, entry)
                    )
                );
                added.Add(one.PersonId);
            }
            audit.About("conversation", conversation.Id);
            if (added.Count > 0)
                db.Publish(
                    new ListChanged(conversation.Id, [.. conversation.Members.Where(m => m.IsIn).Select(m => m.PersonId)]),
                    conversation.Id
                );
            return Unit.Value;
        }
    }

    public sealed record Body(IReadOnlyList<Guid> PersonIds, bool WithHistory = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "conversations/{conversationId:guid}/members",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, body.PersonIds, body.WithHistory), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("InvitePeople")
            .WithSummary("Brings people into a conversation")
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
}
