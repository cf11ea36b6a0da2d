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

/// <summary>Gives a desk's thread to one of those who answer, or to nobody.</summary>
internal static class AssignThread
{
    /// <param name="ConversationId">A thread of a desk one answers for.</param>
    /// <param name="PersonId">Somebody who answers for it, oneself included; null for nobody.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId, Guid? PersonId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ConversationId).NotEmpty();
    }

    public sealed class Handler(ConversationLog log, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (thread, me) = await log.Mine(command.ConversationId, ct);
            if (me.Role != MemberRole.Desk)
                throw new ForbiddenException("not_on_desk");
            if (command.PersonId is { } to && !thread.Members.Exists(m => m.PersonId == to && m.IsIn && m.Role == MemberRole.Desk))
                throw InvalidException.Of("personId", "assignee_not_on_desk");
            if (thread.AssignedTo == command.PersonId && thread.DoneAt is null)
                return Unit.Value;
            thread.Assign(command.PersonId);
            log.Add(thread, EntryKind.Assign, new EntryBody(Person: command.PersonId));
            log.TellLists(thread);
            audit.About("conversation", thread.Id);
            return Unit.Value;
        }
    }

    public sealed record Body(Guid? PersonId);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "conversations/{conversationId:guid}/assignee",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, body.PersonId), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("AssignThread")
            .WithSummary("Gives a desk's thread to somebody")
            .ProducesProblem(403)
            .ProducesProblem(404);
}
