using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>
/// One's conversations in which somebody waits for the caller: a priority message to confirm, a message that names them or is
/// to them alone, a desk's thread that nobody or they themselves have. What one silenced waits only for a confirmation.
/// </summary>
internal static class ListWaitingConversations
{
    /// <param name="Limit">1–100.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(int Limit = 20) : IRequest<IReadOnlyList<ConversationLine>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    /// <summary>Those that wait for this person.</summary>
    public static IQueryable<Conversation> Of(MessagingDb db, Guid person) =>
        db
            .Conversations.AsNoTracking()
            .Where(c =>
                db.Members.Any(m =>
                    m.ConversationId == c.Id
                    && m.PersonId == person
                    && m.LeftAt == null
                    && (
                        db.Confirmations.Any(k =>
                            k.ConversationId == c.Id && k.PersonId == person && k.ConfirmedAt == null && k.NextAt != null
                        )
                        || (
                            m.ReadSeq < c.LastMessageSeq
                            && m.Level != TellLevel.Nothing
                            && (
                                c.Kind == ConversationKind.Direct
                                || (
                                    c.Kind == ConversationKind.DeskThread
                                    && c.DoneAt == null
                                    && (c.AssignedTo == null || c.AssignedTo == person)
                                )
                                || db.Mentions.Any(x => x.ConversationId == c.Id && x.PersonId == person && x.Seq > m.ReadSeq)
                            )
                        )
                    )
                )
            );

    public sealed class Handler(MessagingDb db, ICurrentUser user, ConversationLines lines)
        : IRequestHandler<Query, IReadOnlyList<ConversationLine>>
    {
        public async Task<IReadOnlyList<ConversationLine>> Handle(Query query, CancellationToken ct)
        {
            var rows = await Of(db, user.Id).OrderByDescending(c => c.LastAt).ThenBy(c => c.Id).Take(query.Limit).ToListAsync(ct);
            return await lines.Of(rows, ct);
        }
    }
}
