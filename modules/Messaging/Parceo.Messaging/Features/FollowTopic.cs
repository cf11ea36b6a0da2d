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

namespace Parceo.Messaging.Features;

/// <summary>Follows a topic, or no longer: one is told of what is written in it, whatever one chose for its channel.</summary>
internal static class FollowTopic
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid TopicId, bool Follow) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.TopicId).NotEmpty();
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var conversation = await db
                .Topics.Where(t => t.Id == command.TopicId)
                .Select(t => (Guid?)t.ConversationId)
                .SingleOrDefaultAsync(ct)
                ?? throw new NotFoundException("topic_unknown");
            var known = await db.Follows.SingleOrDefaultAsync(f => f.TopicId == command.TopicId && f.PersonId == user.Id, ct);
            if (command.Follow == known is not null)
                return Unit.Value;
            if (known is null)
                db.Follows.Add(new TopicFollow(command.TopicId, user.Id));
            else
                db.Follows.Remove(known);
            db.Publish(new ListChanged(conversation, [user.Id]), conversation);
            return Unit.Value;
        }
    }

    public sealed record Body(bool Follow);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("topics/{topicId:guid}/follow", async (Guid topicId, Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(topicId, body.Follow), ct);
                return TypedResults.NoContent();
            })
            .WithName("FollowTopic")
            .WithSummary("Follows a topic, or no longer")
            .ProducesProblem(404);
}
