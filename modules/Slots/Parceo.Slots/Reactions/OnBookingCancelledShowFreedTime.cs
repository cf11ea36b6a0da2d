using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Reactions;

/// <summary>One patient less: what a limit had hidden may show again, and the own slots of a patient accepted outside them.</summary>
internal sealed class OnBookingCancelledShowFreedTime(SlotsDb db, Agendas agendas) : IReaction<BookingCancelled, SlotsDb>
{
    public async Task Handle(BookingCancelled e, CancellationToken ct)
    {
        if (await db.Ranges.AsNoTracking().SingleOrDefaultAsync(r => r.Id == e.RangeId, ct) is not { } range)
            return;
        if (await db.Agendas.AnyAsync(a => a.PractitionerId == e.PractitionerId && (a.MostPerDay != null || a.MostPerWeek != null), ct))
        {
            var (from, to) = LocalTime.WeekOf(range.Start, Zones.OfDepartement(e.Departement));
            await agendas.Refresh(e.PractitionerId, from, to, ct);
        }
        else if (range.IsOutside)
            await agendas.Refresh(e.PractitionerId, range.Start, range.End, ct);
    }
}
