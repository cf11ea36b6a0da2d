using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Opens a channel of one's organisation: its members enter it by themselves, or are brought in.</summary>
internal static class OpenChannel
{
    /// <param name="Title">2–120 characters.</param>
    /// <param name="Open">Members of the organisation enter by themselves; otherwise by invitation.</param>
    /// <param name="PersonIds">Brought in at once, at most 100.</param>
    [Requires(MessagingPermissions.Manage), Limited(LimitKind.Conversation)]
    public sealed record Command(string Title, bool Open, IReadOnlyList<Guid>? PersonIds = null) : IRequest<Response>;

    public sealed record Response(Guid Id);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Title)
                .Reference("conversation_title_invalid", 120)
                .Must(t => t?.Trim().Length >= 2)
                .WithMessage("conversation_title_invalid");
            RuleFor(c => c.PersonIds)
                .Must(p => p is null || (p.Count <= 100 && p.Distinct().Count() == p.Count))
                .WithMessage("recipients_invalid");
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
            var others = (command.PersonIds ?? []).Where(id => id != user.Id).ToList();
            var found = await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: [user.Id, .. others]), ct);
            if (others.Any(id => found.All(f => f.PersonId != id)))
                throw InvalidException.Of("personIds", "recipient_unknown");
            if (found.All(f => f.PersonId != user.Id))
                throw new ForbiddenException("recipient_unknown");
            var (id, now) = (ids.New(), clock.GetUtcNow());
            var channel = new Conversation(
                id,
                user.OrganisationId,
                ConversationKind.Channel,
                user.Id,
                now,
                seal.Title(command.Title.Trim(), user.OrganisationId, id),
                open: command.Open
            );
            foreach (var one in found)
                channel.Join(
                    one.PersonId,
                    one.Name,
                    one.Line,
                    one.OrganisationId,
                    one.PersonId == user.Id ? MemberRole.Owner
                        : one.OrganisationId == user.OrganisationId ? MemberRole.Member
                        : MemberRole.Guest,
                    withHistory: true,
                    now
                );
            db.Conversations.Add(channel);
            db.Publish(new ListChanged(channel.Id, [.. channel.Members.Select(m => m.PersonId)]), channel.Id);
            audit.About("conversation", id);
            return new Response(id);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("channels", async (Command command, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(command, ct))
            )
            .WithName("OpenChannel")
            .WithSummary("Opens a channel of one's organisation");
}
