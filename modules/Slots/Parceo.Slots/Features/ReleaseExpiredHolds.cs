using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Parceo.Platform;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>
/// Frees the places of holds that ran out, so that searches show them again. A job runs every five seconds; booking
/// itself never waits for it, since it passes over expired holds.
/// </summary>
internal static class ReleaseExpiredHolds
{
    private const int Batch = 200;

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SlotsDb db, ISender sender, TimeProvider clock, ILogger<Handler> log) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var due = await db
                .Holds.Where(h => h.Until <= now)
                .OrderBy(h => h.Until)
                .Take(Batch)
                .Select(h => h.RangeId)
                .Distinct()
                .ToListAsync(ct);
            foreach (var range in due)
            {
                try
                {
                    await sender.Send(new ReleaseRangeHolds.Command(range), ct);
                }
                catch (Exception e) when (!ct.IsCancellationRequested)
                {
                    log.LogWarning(e, "Holds of {Range} wait for the next round", range);
                }
            }
            return Unit.Value;
        }
    }
}
