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
                .Select(c => new
                {
                    Asked = c,
                    db.Conversations.First(x => x.Id == c.ConversationId).Kind,
                    By = db
                        .Members.Where(m =>
                            m.ConversationId == c.ConversationId
                            && db.Entries.Any(e => e.ConversationId == c.ConversationId && e.Seq == c.Seq && e.SenderId == m.PersonId)
                        )
                        .Select(m => m.Name)
                        .FirstOrDefault(),
                })
                .ToListAsync(ct);
            foreach (var d in due)
                d.Asked.Alerted(
                    d.Asked.Alerts + 1 >= MostAlerts ? null : now.AddMinutes(Minutes[Math.Min(d.Asked.Alerts, Minutes.Length - 1)])
                );
            // Each is told once, of the newest that they were asked; whoever is told the same, together.
            foreach (
                var alike in due.GroupBy(d => (d.Asked.ConversationId, d.Asked.PersonId))
                    .Select(g => g.MaxBy(d => d.Asked.Seq)!)
                    .GroupBy(d => (d.Asked.ConversationId, d.Kind, d.By), d => d.Asked.PersonId)
            )
                db.Publish(
                    new MessagesWaiting(
                        alike.Key.ConversationId,
                        [.. alike],
                        Mentioned: false,
                        Urgent: true,
                        alike.Key.By,
                        Kind: alike.Key.Kind
                    ),
                    alike.Key.ConversationId
                );
            return Unit.Value;
        }
    }
}
