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

/// <summary>Begins to write to somebody or several people. The same two people always get the one they already have.</summary>
internal static class OpenConversation
{
    /// <param name="PersonIds">Accounts, 1–100, oneself left out.</param>
    /// <param name="Title">Of a group, 2–120 characters; one without is called after its members.</param>
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Conversation)]
    public sealed record Command(IReadOnlyList<Guid> PersonIds, string? Title = null) : IRequest<Response>;

    /// <param name="Existing">It was there already.</param>
    public sealed record Response(Guid Id, bool Existing);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.PersonIds)
                .Must(p => p.Count is > 0 and <= 100 && p.Distinct().Count() == p.Count)
                .WithMessage("recipients_invalid");
            RuleFor(c => c.Title).PlainText("conversation_title_invalid", 120);
            RuleFor(c => c.Title).Must(t => string.IsNullOrWhiteSpace(t) || t.Trim().Length >= 2).WithMessage("conversation_title_invalid");
        }
    }

    public sealed class Handler(
        MessagingDb db,
        ISender sender,
        MessageSeal seal,
        ICurrentUser user,
        IIds ids,
        TimeProvider clock,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var others = command.PersonIds.Where(id => id != user.Id).ToList();
            if (others.Count == 0)
                throw InvalidException.Of("personIds", "recipients_invalid");
            var title = string.IsNullOrWhiteSpace(command.Title) ? null : command.Title.Trim();
            var direct = others.Count == 1 && title is null;
            var pair = direct ? Conversation.PairOf(user.Id, others[0]) : null;
            if (
                pair is not null
                && await db.Conversations.AsNoTracking().Where(c => c.PairKey == pair).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct)
                    is { } existing
            )
                return new Response(existing, true);

            var found = await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: [user.Id, .. others]), ct);
            if (others.Any(id => found.All(f => f.PersonId != id)))
                throw InvalidException.Of("personIds", "recipient_unknown");
            var (id, now) = (ids.New(), clock.GetUtcNow());
            var conversation = new Conversation(
                id,
                user.OrganisationId,
                direct ? ConversationKind.Direct : ConversationKind.Group,
                user.Id,
                now,
                title is null ? null : seal.Title(title, user.OrganisationId, id),
                pair
            );
            foreach (var one in found)
            {
                var role =
                    one.PersonId == user.Id ? MemberRole.Owner
                    : direct || one.OrganisationId == user.OrganisationId ? MemberRole.Member
                    : MemberRole.Guest;
                conversation.Join(one.PersonId, one.Name, one.Line, one.OrganisationId, role, withHistory: true, now);
            }
            db.Conversations.Add(conversation);
            db.Publish(new ListChanged(id, [.. found.Select(f => f.PersonId)]), id);
            audit.About("conversation", id);
            return new Response(id, false);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("conversations", async (Command command, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(command, ct))
            )
            .WithName("OpenConversation")
            .WithSummary("Begins a conversation, or finds the one that two people have");
}
