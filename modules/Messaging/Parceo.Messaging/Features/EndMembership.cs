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

    public sealed class Handler(ConversationLog log, ICurrentUser user, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (conversation, me) = await log.Mine(command.ConversationId, ct);
            if (conversation.Kind is ConversationKind.Direct or ConversationKind.DeskThread)
                throw new ConflictException("conversation_closed_to_others");
            if (command.PersonId != user.Id && !log.Manages(conversation, me))
                throw new ForbiddenException("not_conversation_owner");
            await log.Leave(conversation, command.PersonId, user.Id, ct);
            audit.About("conversation", conversation.Id);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete(
                "conversations/{conversationId:guid}/members/{personId:guid}",
                async (Guid conversationId, Guid personId, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, personId), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("EndMembership")
            .WithSummary("Leaves a conversation, or removes somebody")
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
}
