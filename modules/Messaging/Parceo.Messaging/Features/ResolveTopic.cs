using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Says that a topic is settled, or takes it up again.</summary>
internal static class ResolveTopic
{
    /// <param name="TopicId">Of a channel of one's own.</param>
    /// <param name="Resolved">False takes it up again.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid TopicId, bool Resolved) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.TopicId).NotEmpty();
    }

    public sealed class Handler(MessagingDb db, ConversationLog log, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var conversation = await db
                .Topics.Where(t => t.Id == command.TopicId)
                .Select(t => (Guid?)t.ConversationId)
                .SingleOrDefaultAsync(ct)
                ?? throw new NotFoundException("topic_unknown");
            var (channel, _) = await log.Mine(conversation, ct);
            // Read after the channel: whoever settles it from here on moves the channel's last number, and this runs again.
            var topic = await db.Topics.SingleAsync(t => t.Id == command.TopicId, ct);
            if (!topic.Resolve(command.Resolved, clock.GetUtcNow()))
                return Unit.Value;
            log.Add(channel, command.Resolved ? EntryKind.Resolve : EntryKind.Reopen, new EntryBody(Topic: topic.Id));
            log.Tell(channel);
            audit.About("conversation", channel.Id);
            return Unit.Value;
        }
    }

    public sealed record Body(bool Resolved);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("topics/{topicId:guid}/resolved", async (Guid topicId, Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(topicId, body.Resolved), ct);
                return TypedResults.NoContent();
            })
            .WithName("ResolveTopic")
            .WithSummary("A topic is settled, or taken up again")
            .ProducesProblem(404);
}
