using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Keeps a conversation of one's organisation whatever its retention, or lets it go again (D17). Nobody reads it by this.</summary>
internal static class SetLegalHold
{
    /// <param name="ConversationId">Of one's organisation.</param>
    /// <param name="Reason">Why, 2–300 characters; null releases it.</param>
    [Requires(MessagingPermissions.Hold)]
    public sealed record Command(Guid ConversationId, string? Reason) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Reason).PlainText("hold_reason_invalid", 300);
            RuleFor(c => c.Reason).Must(r => r is null || r.Trim().Length >= 2).WithMessage("hold_reason_invalid");
        }
    }

    public sealed class Handler(MessagingDb db, MessageSeal seal, ICurrentUser user, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var conversation = await db.Conversations.SingleOrDefaultAsync(
                c => c.Id == command.ConversationId && c.OrganisationId == user.OrganisationId,
                ct
            ) ?? throw new NotFoundException("conversation_unknown");
            if (command.Reason is { } reason)
                conversation.Hold(seal.HoldReason(reason.Trim(), conversation.OrganisationId, conversation.Id), clock.GetUtcNow());
            else
                conversation.Release();
            audit.About("conversation", conversation.Id);
            return Unit.Value;
        }
    }

    public sealed record Body(string? Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "conversations/{conversationId:guid}/hold",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, body.Reason), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("SetLegalHold")
            .WithSummary("Keeps a conversation whatever its retention")
            .ProducesProblem(404);
}
