using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Platform;
using Parceo.Platform.Jobs;

namespace Parceo.Messaging.Features;

/// <summary>Removes files that no message carries, a day after they came.</summary>
internal static class RemoveUnsentFiles
{
    internal const int Most = 500;

    [SystemOnly]
    public sealed record Command : IRequest<JobProgress>;

    public sealed class Handler(MessagingDb db, TimeProvider clock) : IRequestHandler<Command, JobProgress>
    {
        public async Task<JobProgress> Handle(Command command, CancellationToken ct)
        {
            var before = clock.GetUtcNow().AddDays(-1);
            var old = await db.Files.Where(f => f.Seq == null && f.At < before).OrderBy(f => f.At).Take(Most).ToListAsync(ct);
            db.Files.RemoveRange(old);
            return old.Count == Most ? JobProgress.More : JobProgress.Done;
        }
    }
}
