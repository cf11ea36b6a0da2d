using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Events;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Alerts those who have not confirmed a priority message: at once, then again and again for a day (D48).</summary>
internal static class AlertUnconfirmed
{
    /// <summary>Rung every few seconds.</summary>
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(MessagingDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        private const int AtOnce = 500,
            MostAlerts = 52;

        // After the first one: 2, 5, 10, 20 minutes, then every half hour, a day in all.
        private static readonly int[] Minutes = [2, 5, 10, 20, 30];

        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var due = await db
                .Confirmations.Where(c => c.NextAt != null && c.NextAt <= now)
                .OrderBy(c => c.NextAt)
                .Take(AtOnce)
                .ToListAsync(ct);
            var ids = due.Select(c => c.ConversationId).Distinct().ToList();
            var kinds = await db.Conversations.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Kind, ct);
            foreach (var conversation in due.GroupBy(c => c.ConversationId))
            {
                var seq = conversation.Max(c => c.Seq);
                var by = await db
                    .Entries.Where(e => e.ConversationId == conversation.Key && e.Seq == seq)
                    .Join(
                        db.Members,
                        e => new { e.ConversationId, PersonId = e.SenderId },
                        m => new { m.ConversationId, m.PersonId },
                        (e, m) => m.Name
                    )
                    .SingleOrDefaultAsync(ct);
                foreach (var asked in conversation)
                    asked.Alerted(
                        asked.Alerts + 1 >= MostAlerts ? null : now.AddMinutes(Minutes[Math.Min(asked.Alerts, Minutes.Length - 1)])
                    );
                db.Publish(
                    new MessagesWaiting(
                        conversation.Key,
                        [.. conversation.Select(c => c.PersonId).Distinct()],
                        Mentioned: false,
                        Urgent: true,
                        by,
                        Kind: kinds[conversation.Key]
                    ),
                    conversation.Key
                );
            }
            return Unit.Value;
        }
    }
}
