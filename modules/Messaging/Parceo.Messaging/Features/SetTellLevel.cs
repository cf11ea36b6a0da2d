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

/// <summary>How much of a conversation one is told of while away from it (D48).</summary>
internal static class SetTellLevel
{
    /// <param name="ConversationId">One's own.</param>
    /// <param name="Level">All, mentions only, or nothing; what must be confirmed is always told.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId, TellLevel Level) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Level).IsInEnum().WithMessage("entry_invalid");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var me = await db.Members.SingleOrDefaultAsync(
                m => m.ConversationId == command.ConversationId && m.PersonId == user.Id && m.LeftAt == null,
                ct
            ) ?? throw new NotFoundException("conversation_unknown");
            me.Choose(command.Level);
            db.Publish(new ListChanged(command.ConversationId, [user.Id]), command.ConversationId);
            return Unit.Value;
        }
    }

    public sealed record Body(TellLevel Level);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "conversations/{conversationId:guid}/level",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, body.Level), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("SetTellLevel")
            .WithSummary("How much of a conversation one is told of")
            .ProducesProblem(404);
}
