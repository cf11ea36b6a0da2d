using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Web;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Events;
using Parceo.Slots.Features;
using Parceo.Slots.Outside;

namespace Parceo.Slots.Reactions;

/// <summary>Fetches an outside agenda (S45), reads its busy times (S46) and lets them be stored. A failure is kept for the owner to see; the job comes again anyway.</summary>
[SlowEffect]
internal sealed class ReadOutsideAgenda(SlotsDb db, SystemSender system, IHttpClientFactory http, FieldCipher cipher, TimeProvider clock)
    : IEffect<OutsideAgendaDue>
{
    public async Task Handle(OutsideAgendaDue e, Guid eventId, CancellationToken ct)
    {
        if (await db.OutsideAgendas.AsNoTracking().SingleOrDefaultAsync(a => a.Id == e.AgendaId, ct) is not { } agenda)
            return;
        var departement = await db
            .Calendars.Where(c => c.PractitionerId == agenda.PractitionerId)
            .OrderBy(c => c.Id)
            .Select(c => c.Departement)
            .FirstOrDefaultAsync(ct);
        StoreBusyTimes.Command read;
        try
        {
            var (text, etag) = await Fetch(AgendaSeal.Open(cipher, agenda), agenda.ETag, ct);
            var times = text is null
                ? null
                : IcsBusyTimes
                    .Read(text, Zones.OfDepartement(departement), clock.GetUtcNow())
                    .Select(t => new StoreBusyTimes.Time(t.Start, t.End))
                    .ToList();
            read = new(agenda.Id, times, etag, null);
        }
        catch (InvalidException refused)
        {
            read = new(agenda.Id, null, null, refused.Errors.Values.First()[0]);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or OperationCanceledException or IOException && !ct.IsCancellationRequested)
        {
            read = new(agenda.Id, null, null, "ics_unreachable");
        }
        await system.Send(read, $"agenda-{eventId:n}", ct);
    }

    /// <summary>The text, or null when nothing changed since that mark.</summary>
    private async Task<(string? Text, string? ETag)> Fetch(string address, string? etag, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/calendar, */*;q=0.1");
        if (etag is not null && EntityTagHeaderValue.TryParse(etag, out var known))
            request.Headers.IfNoneMatch.Add(known);
        using var client = http.CreateClient(Outbound.Client);
        client.MaxResponseContentBufferSize = IcsBusyTimes.LargestBytes;
        using var answer = await client.SendAsync(request, ct);
        if (answer.StatusCode == HttpStatusCode.NotModified)
            return (null, etag);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException("refused");
        return (await answer.Content.ReadAsStringAsync(ct), answer.Headers.ETag?.ToString() is { Length: <= 200 } mark ? mark : null);
    }
}
