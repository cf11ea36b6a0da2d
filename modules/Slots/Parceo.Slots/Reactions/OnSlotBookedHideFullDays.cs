using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Reactions;

/// <summary>A limit reached hides the rest of the day or the week. Only a courtesy to searches: bookings beyond it are refused in their own transaction.</summary>
internal sealed class OnSlotBookedHideFullDays(SlotsDb db, Agendas agendas) : IReaction<SlotBooked, SlotsDb>
{
    public async Task Handle(SlotBooked e, CancellationToken ct)
    {
        if (!await db.Agendas.AnyAsync(a => a.PractitionerId == e.PractitionerId && (a.MostPerDay != null || a.MostPerWeek != null), ct))
            return;
        var (from, to) = LocalTime.WeekOf(e.Start, Zones.OfDepartement(e.Departement));
        await agendas.Refresh(e.PractitionerId, from, to, ct);
    }
}
