using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Services;
using Parceo.Platform.Jobs;

namespace Parceo.Messaging.Features;

/// <summary>Removes what was kept long enough, with all that was made of it (D17): a batch at a time.</summary>
internal static class PruneMessages
{
    private const int MostConversations = 20,
        MostEntries = 250;

    [SystemOnly]
    public sealed record Command : IRequest<JobProgress>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(Retention retention) : IRequestHandler<Command, JobProgress>
    {
        public async Task<JobProgress> Handle(Command command, CancellationToken ct)
        {
            var (left, removed) = (MostConversations, 0);
            foreach (var (days, keptFrom) in await retention.Bounds(ct))
            {
                foreach (var conversation in await retention.Expired(days, keptFrom).OrderBy(c => c.Id).Take(left).ToListAsync(ct))
                {
                    removed += await retention.Prune(conversation, keptFrom, MostEntries, ct);
                    left--;
                }
            }
            return removed > 0 ? JobProgress.More : JobProgress.Done;
        }
    }
}
