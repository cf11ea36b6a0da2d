using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Reactions;

/// <summary>One patient less: what a limit had hidden may show again.</summary>
internal sealed class OnBookingCancelledShowFreedDays(SlotsDb db, Agendas agendas) : IReaction<BookingCancelled, SlotsDb>
{
    public async Task Handle(BookingCancelled e, CancellationToken ct)
    {
        if (!await db.Agendas.AnyAsync(a => a.PractitionerId == e.PractitionerId && (a.MostPerDay != null || a.MostPerWeek != null), ct))
            return;
        if (await db.Ranges.Where(r => r.Id == e.RangeId).Select(r => (DateTimeOffset?)r.Start).SingleOrDefaultAsync(ct) is not { } start)
            return;
        var (from, to) = LocalTime.WeekOf(start, Zones.OfDepartement(e.Departement));
        await agendas.Refresh(e.PractitionerId, from, to, ct);
    }
}
