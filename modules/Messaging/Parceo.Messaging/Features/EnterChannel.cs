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

namespace Parceo.Messaging.Features;

/// <summary>Enters an open channel of one's own organisation, and sees what was written before, unless one was let in without it. Whom an owner removed does not come back alone.</summary>
internal static class EnterChannel
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ConversationId).NotEmpty();
    }

    public sealed class Handler(MessagingDb db, ISender sender, ConversationLog log, ICurrentUser user, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var channel = await db
                .Conversations.Include(c => c.Members)
                .SingleOrDefaultAsync(
                    c =>
                        c.Id == command.ConversationId
                        && c.Kind == ConversationKind.Channel
                        && c.Open
                        && c.OrganisationId == user.OrganisationId,
                    ct
                )
                ?? throw new NotFoundException("conversation_unknown");
            if (channel.Members.Exists(m => m.PersonId == user.Id && m.IsIn))
                return Unit.Value;
            if (channel.Bars(user.Id))
                throw new ForbiddenException("removed_from_channel");
            if (channel.Members.Count(m => m.IsIn) >= Conversation.MostMembers)
                throw new ConflictException("conversation_full");
            var me = (await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: [user.Id]), ct)).SingleOrDefault(p =>
                p.OrganisationId == user.OrganisationId
            ) ?? throw new NotFoundException("conversation_unknown");
            channel.Join(
                me.PersonId,
                me.Name,
                me.Line,
                me.OrganisationId,
                MemberRole.Member,
                withHistory: !channel.Limits(user.Id),
                clock.GetUtcNow()
            );
            log.Add(channel, EntryKind.Join, new EntryBody(Person: user.Id));
            db.Publish(new ListChanged(channel.Id, [user.Id]), channel.Id);
            audit.About("conversation", channel.Id);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("channels/{conversationId:guid}/enter", async (Guid conversationId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(conversationId), ct);
                return TypedResults.NoContent();
            })
            .WithName("EnterChannel")
            .WithSummary("Enters an open channel")
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
}
