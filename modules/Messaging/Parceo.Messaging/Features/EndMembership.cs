using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Leaves a conversation, or removes somebody from it: nothing of what follows reaches them (S24).</summary>
internal static class EndMembership
{
    /// <param name="ConversationId">A group or channel.</param>
    /// <param name="PersonId">Oneself, or somebody whom an owner removes.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId, Guid PersonId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PersonId).NotEmpty().WithMessage("recipients_invalid");
    }

    public sealed class Handler(MessagingDb db, MessageSeal seal, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var conversation = await db.Conversations.Include(c => c.Members).SingleOrDefaultAsync(c => c.Id == command.ConversationId, ct);
            var me = conversation?.Members.Find(m => m.PersonId == user.Id && m.IsIn);
            if (conversation is null || me is null) throw new NotFoundException("conversation_unknown");
            if (conversation.Kind is ConversationKind.Direct or ConversationKind.DeskThread) throw new ConflictException("conversation_closed_to_others");
            var manages = me.Role == MemberRole.Owner || (conversation.OrganisationId == user.OrganisationId && user.Can(MessagingPermissions.Manage));
            if (command.PersonId != user.Id && !manages) throw new ForbiddenException("not_conversation_owner");
            var now = clock.GetUtcNow();
            List<Guid> told = [.. conversation.Members.Where(m => m.IsIn).Select(m => m.PersonId)];
            conversation.Leave(command.PersonId, now);
            // Somebody must be able to manage it.
            if (conversation.Members.TrueForAll(m => !m.IsIn || m.Role != MemberRole.Owner) && conversation.Members.Where(m => m.IsIn && m.Role == MemberRole.Member).MinBy(m => m.JoinedAt) is { } next) next.Become(MemberRole.Owner);
            var entry = ids.New();
            db.Entries.Add(new Entry(entry, conversation.Id, conversation.Next(EntryKind.Leave, now), EntryKind.Leave, user.Id, entry, now, null, null, seal.Body(new EntryBody(Person: command.PersonId), conversation.OrganisationId, entry)));
            if (await db.Drafts.SingleOrDefaultAsync(d => d.ConversationId == conversation.Id && d.PersonId == command.PersonId, ct) is { } draft) db.Drafts.Remove(draft);
            foreach (var waiting in await db.Confirmations.Where(c => c.ConversationId == conversation.Id && c.PersonId == command.PersonId && c.NextAt != null).ToListAsync(ct)) waiting.Alerted(null);
            db.Publish(new ListChanged(conversation.Id, told), conversation.Id);
            audit.About("conversation", conversation.Id);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("conversations/{conversationId:guid}/members/{personId:guid}", async (Guid conversationId, Guid personId, ISender sender, CancellationToken ct) =>
        {
            await sender.Send(new Command(conversationId, personId), ct);
            return TypedResults.NoContent();
        }).WithName("EndMembership").WithSummary("Leaves a conversation, or removes somebody").ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
}
