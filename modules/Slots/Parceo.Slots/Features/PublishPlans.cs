using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>Every hour: keeps eight weeks published. What is due stands in the plans themselves.</summary>
internal static class PublishPlans
{
    private const int Batch = 500;

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SlotsDb db, ISender sender, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            foreach (var zone in await db.Plans.Select(p => p.Zone).Distinct().ToListAsync(ct))
                await Publish(zone, LocalTime.DayOf(clock.GetUtcNow(), zone).AddDays(Plan.HorizonDays), ct);
            return Unit.Value;
        }

        private async Task Publish(string zone, DateOnly horizon, CancellationToken ct)
        {
            var after = Guid.Empty;
            while (true)
            {
                var from = after;
                var due = await db
                    .Plans.AsNoTracking()
                    .Where(p =>
                        p.Zone == zone
                        && p.PublishedUntil < horizon
                        && (p.Last == null || p.PublishedUntil < p.Last)
                        && p.Id.CompareTo(from) > 0
                    )
                    .OrderBy(p => p.Id)
                    .Select(p => p.Id)
                    .Take(Batch)
                    .ToListAsync(ct);
                foreach (var plan in due)
                    await sender.Send(new PublishPlan.Command(plan), ct);
                if (due.Count < Batch)
                    return;
                after = due[^1];
            }
        }
    }
}
