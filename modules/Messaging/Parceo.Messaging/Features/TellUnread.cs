using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Finds the conversations whose messages some people have not read after some seconds.</summary>
internal static class TellUnread
{
    /// <summary>Rung every few seconds.</summary>
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(MessagingDb db, ISender sender, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        /// <summary>Whoever has the page open reads first and is not disturbed.</summary>
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
        private const int AtOnce = 50;

        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var due = clock.GetUtcNow() - Patience;
            foreach (
                var id in await db
                    .Conversations.Where(c => c.TellFrom != null && c.TellFrom <= due)
                    .OrderBy(c => c.TellFrom)
                    .Select(c => c.Id)
                    .Take(AtOnce)
                    .ToListAsync(ct)
            )
            {
                // One transaction each: a busy conversation is written meanwhile, and must not make the others wait.
                try
                {
                    await sender.Send(new TellConversation.Command(id), ct);
                }
                catch (ConcurrentChangeException)
                { /* still due at the next run */
                }
            }
            return Unit.Value;
        }
    }
}
