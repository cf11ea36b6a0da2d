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

/// <summary>Gives a group or channel another name.</summary>
internal static class RenameConversation
{
    /// <param name="ConversationId">A group or channel.</param>
    /// <param name="Title">2–120 characters.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId, string Title) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(c => c.Title)
                .Reference("conversation_title_invalid", 120)
                .Must(t => t?.Trim().Length >= 2)
                .WithMessage("conversation_title_invalid");
    }

    public sealed class Handler(ConversationLog log, MessageSeal seal, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (conversation, me) = await log.Mine(command.ConversationId, ct);
            if (conversation.Kind is ConversationKind.Direct or ConversationKind.DeskThread)
                throw new ConflictException("conversation_has_no_name");
            if (!log.Manages(conversation, me))
                throw new ForbiddenException("not_conversation_owner");
            var title = command.Title.Trim();
            conversation.Call(seal.Title(title, conversation.OrganisationId, conversation.Id));
            log.Add(conversation, EntryKind.Title, new EntryBody(Title: title));
            log.TellLists(conversation);
            audit.About("conversation", conversation.Id);
            return Unit.Value;
        }
    }

    public sealed record Body(string Title);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "conversations/{conversationId:guid}/title",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, body.Title), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("RenameConversation")
            .WithSummary("Gives a group or channel another name")
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
}
