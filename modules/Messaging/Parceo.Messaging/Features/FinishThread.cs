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

/// <summary>Says that a desk's thread is done, or takes it up again.</summary>
internal static class FinishThread
{
    /// <param name="ConversationId">A thread of a desk one answers for.</param>
    /// <param name="Done">False takes it up again.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId, bool Done) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ConversationId).NotEmpty();
    }

    public sealed class Handler(ConversationLog log, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (thread, me) = await log.Mine(command.ConversationId, ct);
            if (me.Role != MemberRole.Desk)
                throw new ForbiddenException("not_on_desk");
            if (command.Done == thread.DoneAt is not null)
                return Unit.Value;
            thread.Finish(command.Done ? clock.GetUtcNow() : null);
            log.Add(thread, command.Done ? EntryKind.Done : EntryKind.Undone);
            log.TellLists(thread);
            audit.About("conversation", thread.Id);
            return Unit.Value;
        }
    }

    public sealed record Body(bool Done);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "conversations/{conversationId:guid}/done",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, body.Done), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("FinishThread")
            .WithSummary("A desk's thread is done, or taken up again")
            .ProducesProblem(403)
            .ProducesProblem(404);
}
