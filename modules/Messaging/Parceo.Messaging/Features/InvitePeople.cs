using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Brings people into a group or a channel. Who comes from another organisation is a guest: marked, and sees what follows only.</summary>
internal static class InvitePeople
{
    /// <param name="ConversationId">A group or channel of one's own.</param>
    /// <param name="PersonIds">Accounts, 1–50.</param>
    /// <param name="WithHistory">Members also see what was written before; guests never do. Who does not see it themselves gives it to nobody.</param>
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Conversation)]
    public sealed record Command(Guid ConversationId, IReadOnlyList<Guid> PersonIds, bool WithHistory = false) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PersonIds).Must(p => p.Count is > 0 and <= 50).WithMessage("recipients_invalid");
    }

    public sealed class Handler(ConversationLog log, ISender sender, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (conversation, me) = await log.Mine(command.ConversationId, ct);
            if (me.Role == MemberRole.Guest)
                throw new ForbiddenException("guest_may_not");
            if (conversation.Kind is ConversationKind.Direct or ConversationKind.DeskThread)
                throw new ConflictException("conversation_closed_to_others");
            if (command.WithHistory && !conversation.ShowsAllTo(me))
                throw new ForbiddenException("history_not_yours");
            var found = await sender.Send(new DescribePeople.Query(conversation.OrganisationId, PersonIds: command.PersonIds), ct);
            if (command.PersonIds.Any(id => found.All(f => f.PersonId != id)))
                throw InvalidException.Of("personIds", "recipient_unknown");
            var coming = found.Where(f => !conversation.Members.Exists(m => m.PersonId == f.PersonId && m.IsIn)).ToList();
            if (!log.Manages(conversation, me))
            {
                if (coming.Exists(one => conversation.Bars(one.PersonId)))
                    throw new ForbiddenException("removed_by_owner");
                if (command.WithHistory && coming.Exists(one => conversation.Limits(one.PersonId)))
                    throw new ForbiddenException("history_limited");
            }
            var now = clock.GetUtcNow();
            foreach (var one in coming)
            {
                if (conversation.Members.Count(m => m.IsIn) >= Conversation.MostMembers)
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
                log.Add(conversation, EntryKind.Join, new EntryBody(Person: one.PersonId));
            }
            audit.About("conversation", conversation.Id);
            if (coming.Count > 0)
                log.TellLists(conversation);
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
