using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Begins to write to a role: the people who have it now, in a group that bears its name. Whoever takes a message sees to it.</summary>
internal static class WriteToRole
{
    /// <param name="Key">As found: <c>org:60</c>, <c>place:60:57463</c>, <c>duty:{sector}</c>.</param>
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Conversation)]
    public sealed record Command(string Key) : IRequest<Response>;

    /// <param name="Title">Its title.</param>
    /// <param name="People">How many others it reaches.</param>
    public sealed record Response(Guid Id, string Title, int People);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Key).Reference("written_role_unknown", 60);
    }

    public sealed class Handler(
        MessagingDb db,
        ISender sender,
        RoleRecipients roles,
        MessageSeal seal,
        ICurrentUser user,
        IIds ids,
        TimeProvider clock,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var (title, found) = await roles.Find(command.Key, ct) ?? throw new NotFoundException("written_role_unknown");
            if (found.Count == 0)
                throw new ConflictException("written_role_unanswered");
            var me = (await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: [user.Id]), ct)).SingleOrDefault()
                ?? throw new NotFoundException("written_role_unknown");
            var (id, now) = (ids.New(), clock.GetUtcNow());
            var group = new Conversation(
                id,
                user.OrganisationId,
                ConversationKind.Group,
                user.Id,
                now,
                seal.Title(title, user.OrganisationId, id)
            );
            group.Join(me.PersonId, me.Name, me.Line, me.OrganisationId, MemberRole.Owner, withHistory: true, now);
            foreach (var one in found)
                group.Join(
                    one.PersonId,
                    one.Name,
                    one.Line,
                    one.OrganisationId,
                    one.OrganisationId == user.OrganisationId ? MemberRole.Member : MemberRole.Guest,
                    withHistory: true,
                    now
                );
            db.Conversations.Add(group);
            db.Publish(new ListChanged(group.Id, [.. group.Members.Select(m => m.PersonId)]), group.Id);
            audit.About("conversation", id);
            return new Response(id, title, found.Count);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("roles", async (Command command, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(command, ct))
            )
            .WithName("WriteToRole")
            .WithSummary("Begins to write to a role")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
