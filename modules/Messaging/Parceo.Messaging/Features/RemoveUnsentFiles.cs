using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Removes files that no message carries, a day after they came.</summary>
internal static class RemoveUnsentFiles
{
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(MessagingDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var before = clock.GetUtcNow().AddDays(-1);
            db.Files.RemoveRange(await db.Files.Where(f => f.Seq == null && f.At < before).OrderBy(f => f.At).Take(500).ToListAsync(ct)); // the rest tomorrow
            return Unit.Value;
        }
    }
}
