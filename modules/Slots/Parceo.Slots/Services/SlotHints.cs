using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Parceo.Slots.Data;
using Parceo.Slots.Hubs;

namespace Parceo.Slots.Services;

/// <summary>
/// Hints to open pages: <c>changed(calendarId, rangeId, placesLeft)</c>. No patient data, no name. Losing one is harmless:
/// pages catch up by themselves when their connection returns.
/// </summary>
internal sealed class SlotHints(IHubContext<SlotsHub> hub, SlotsDb db)
{
    /// <summary>A range changed. Events name its département only; the commune is the calendar's.</summary>
    public async Task Range(Guid calendar, Guid range, int? placesLeft, Guid practitioner, string departement, CancellationToken ct)
    {
        var commune = await db.Calendars.Where(c => c.Id == calendar).Select(c => c.CommuneCode).SingleOrDefaultAsync(ct);
        await Pages(practitioner, commune is null ? [departement] : [departement, commune])
            .SendAsync("changed", calendar, range, placesLeft, ct);
    }

    /// <summary>Everything that a professional offers may have changed.</summary>
    public async Task Agenda(Guid practitioner, IEnumerable<string> departements, CancellationToken ct)
    {
        var communes = await db
            .Calendars.Where(c => c.PractitionerId == practitioner && c.CommuneCode != null)
            .Select(c => c.CommuneCode!)
            .Distinct()
            .ToListAsync(ct);
        await Pages(practitioner, departements.Concat(communes)).SendAsync("changed", null, null, null, ct);
    }

    private IClientProxy Pages(Guid practitioner, IEnumerable<string> territories) =>
        hub.Clients.Groups([.. territories.Select(SlotsHub.Territory), SlotsHub.Agenda(practitioner)]);
}
