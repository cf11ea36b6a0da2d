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

/// <summary>Keeps what is written in a conversation for fewer days than the community does, never for more (D17).</summary>
internal static class SetRetention
{
    /// <param name="ConversationId">One that the caller manages.</param>
    /// <param name="Days">7 to what the community keeps, 365 at most.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId, int Days) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(c => c.Days)
                .InclusiveBetween(CommunityKeeping.Fewest, Conversation.DefaultRetentionDays)
                .WithMessage("retention_invalid");
    }

    public sealed class Handler(MessagingDb db, ConversationLog log, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (conversation, me) = await log.Mine(command.ConversationId, ct);
            // Neither of two people removes what the other wrote.
            if (conversation.Kind == ConversationKind.Direct || !log.Manages(conversation, me))
                throw new ForbiddenException("not_conversation_owner");
            if (command.Days > await db.DaysKeptBy(conversation.OrganisationId, ct))
                throw InvalidException.Of("days", "retention_invalid");
            conversation.Keep(command.Days);
            log.TellLists(conversation);
            audit.About("conversation", conversation.Id);
            return Unit.Value;
        }
    }

    public sealed record Body(int Days);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "conversations/{conversationId:guid}/retention",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, body.Days), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("SetRetention")
            .WithSummary("For how many days a conversation is kept")
            .ProducesProblem(403)
            .ProducesProblem(404);
}
