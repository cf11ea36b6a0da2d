using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Services;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Removes what was kept long enough, with all that was made of it (D17): a batch at a time, the next ring goes on where this one ended.</summary>
internal static class PruneMessages
{
    private const int MostConversations = 20,
        MostEntries = 250;

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(Retention retention) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var left = MostConversations;
            foreach (var (days, keptFrom) in await retention.Bounds(ct))
            {
                foreach (var conversation in await retention.Expired(days, keptFrom).OrderBy(c => c.Id).Take(left).ToListAsync(ct))
                {
                    await retention.Prune(conversation, keptFrom, MostEntries, ct);
                    left--;
                }
            }
            return Unit.Value;
        }
    }
}
