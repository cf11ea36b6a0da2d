using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Keeps what one began to write, for all one's devices; nothing is left of an empty one.</summary>
internal static class SaveDraft
{
    /// <param name="ConversationId">One's own.</param>
    /// <param name="Text">At most 8 000 characters; empty removes it.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId, string? Text) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Text).Must(t => TextRules.IsText(t, 8000)).WithMessage("message_text_invalid");
    }

    public sealed class Handler(MessagingDb db, MessageSeal seal, ICurrentUser user, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var organisation = await db
                .Conversations.Where(c => c.Id == command.ConversationId && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null))
                .Select(c => (Guid?)c.OrganisationId)
                .SingleOrDefaultAsync(ct)
                ?? throw new NotFoundException("conversation_unknown");
            var draft = await db.Drafts.SingleOrDefaultAsync(d => d.ConversationId == command.ConversationId && d.PersonId == user.Id, ct);
            if (string.IsNullOrWhiteSpace(command.Text))
            {
                if (draft is not null)
                    db.Drafts.Remove(draft);
                return Unit.Value;
            }
            draft ??= db.Drafts.Add(new Draft(user.Id, command.ConversationId)).Entity;
            draft.Write(seal.Draft(command.Text, organisation, draft), clock.GetUtcNow());
            return Unit.Value;
        }
    }

    public sealed record Body(string? Text);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "conversations/{conversationId:guid}/draft",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, body.Text), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("SaveDraft")
            .WithSummary("Keeps what one began to write")
            .ProducesProblem(404);
}
