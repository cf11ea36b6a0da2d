using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Opens a topic in a channel; who opens it follows it.</summary>
internal static class OpenTopic
{
    /// <param name="ConversationId">A channel of one's own.</param>
    /// <param name="Title">2–120 characters.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId, string Title) : IRequest<Response>;

    /// <param name="Seq">Its entry in the log.</param>
    public sealed record Response(Guid Id, long Seq);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(c => c.Title).Reference("topic_title_invalid", 120).Must(t => t?.Trim().Length >= 2).WithMessage("topic_title_invalid");
    }

    public sealed class Handler(
        MessagingDb db,
        ConversationLog log,
        MessageSeal seal,
        ICurrentUser user,
        IIds ids,
        TimeProvider clock,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var (channel, _) = await log.Mine(command.ConversationId, ct);
            if (channel.Kind != ConversationKind.Channel)
                throw new ConflictException("topic_needs_channel");
            var (id, title) = (ids.New(), command.Title.Trim());
            db.Topics.Add(new Topic(id, channel.Id, user.Id, seal.Topic(title, channel.OrganisationId, id), clock.GetUtcNow()));
            db.Follows.Add(new TopicFollow(id, user.Id));
            log.Add(channel, EntryKind.Topic, new EntryBody(Topic: id, Title: title));
            log.Tell(channel);
            audit.About("conversation", channel.Id);
            return new Response(id, channel.LastSeq);
        }
    }

    public sealed record Body(string Title);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "conversations/{conversationId:guid}/topics",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Command(conversationId, body.Title), ct))
            )
            .WithName("OpenTopic")
            .WithSummary("Opens a topic in a channel")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
