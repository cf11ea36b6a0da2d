using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Events;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Somebody has read a conversation up to an entry: on all their devices, and seen by the others if they want it so.</summary>
internal static class MarkRead
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(Guid ConversationId, long Seq) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Seq).InclusiveBetween(0, int.MaxValue).WithMessage("entry_invalid");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var member = await db.Members.SingleOrDefaultAsync(
                m => m.ConversationId == command.ConversationId && m.PersonId == user.Id && m.LeftAt == null,
                ct
            ) ?? throw new NotFoundException("conversation_unknown");
            var last = await db.Conversations.Where(c => c.Id == command.ConversationId).Select(c => c.LastSeq).SingleAsync(ct);
            var seq = Math.Min(command.Seq, last);
            if (!member.Read(seq))
                return Unit.Value;
            var shown = await db.Profiles.Where(p => p.PersonId == user.Id).Select(p => (bool?)p.ShowsReading).SingleOrDefaultAsync(ct)
                ?? true;
            // Who hides their own reading does not see others'; a large channel shows none.
            List<Guid> others = shown
                ? await db
                    .Members.Where(m =>
                        m.ConversationId == command.ConversationId
                        && m.LeftAt == null
                        && m.PersonId != user.Id
                        && !db.Profiles.Any(p => p.PersonId == m.PersonId && !p.ShowsReading)
                    )
                    .OrderBy(m => m.PersonId)
                    .Select(m => m.PersonId)
                    .Take(51)
                    .ToListAsync(ct)
                : [];
            if (others.Count > 50)
                (shown, others) = (false, []);
            db.Publish(new ConversationRead(command.ConversationId, user.Id, seq, seq == last, shown, others), command.ConversationId);
            return Unit.Value;
        }
    }

    public sealed record Body(long Seq);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "conversations/{conversationId:guid}/read",
                async (Guid conversationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(conversationId, body.Seq), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("MarkConversationRead")
            .WithSummary("Read up to an entry")
            .ProducesProblem(404);
}
