using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>The place a regulator holds right now, for the foot bar of their page; null when none.</summary>
internal static class ShowHold
{
    [Requires(SlotsPermissions.Book)]
    public sealed record Query : IRequest<HeldPlace?>;

    /// <param name="Until">Server time.</param>
    public sealed record HeldPlace(
        Guid HoldId,
        DateTimeOffset Until,
        Guid RangeId,
        Guid CalendarId,
        DateTimeOffset Start,
        DateTimeOffset End,
        int Capacity,
        Mode Mode,
        string Name,
        string LocationLabel,
        string Commune,
        string? Phone,
        string Zone
    );

    public sealed class Handler(SlotsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, HeldPlace?>
    {
        public async Task<HeldPlace?> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            return await (
                from hold in db.Holds.Where(h => h.RegulatorId == user.Id && h.Until > now)
                join range in db.Ranges on hold.RangeId equals range.Id
                join calendar in db.Calendars on range.CalendarId equals calendar.Id
                orderby hold.Until descending
                select new HeldPlace(
                    hold.Id,
                    hold.Until,
                    range.Id,
                    calendar.Id,
                    range.Start,
                    range.End,
                    range.Capacity,
                    range.Mode,
                    calendar.Name,
                    calendar.LocationLabel,
                    calendar.Commune,
                    calendar.Phone,
                    calendar.Zone
                )
            ).FirstOrDefaultAsync(ct);
        }
    }
}
