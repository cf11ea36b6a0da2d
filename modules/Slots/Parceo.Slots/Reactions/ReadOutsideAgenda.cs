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
internal sealed class ReadOutsideAgenda(
    SlotsDb db,
    SystemSender system,
    AgendaReader reader,
    IHttpClientFactory http,
    FieldCipher cipher,
    TimeProvider clock
) : IEffect<OutsideAgendaDue>
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
            var now = clock.GetUtcNow();
            // Once a day the whole of it, changed or not: the horizon moves, and with it what a series says.
            var known = agenda.ReadAt?.UtcDateTime.Date == now.UtcDateTime.Date ? agenda.ETag : null;
            var (file, etag) = await Fetch(AgendaSeal.Open(cipher, agenda), known, ct);
            var found = file is null ? null : await reader.Read(file, Zones.OfDepartement(departement), now, ct);
            read = new(
                agenda.Id,
                found?.Times.Select(t => new StoreBusyTimes.Time(t.Start, t.End)).ToList(),
                etag,
                null,
                found?.Aside.Count(a => a.Code != IcsBusyTimes.ZoneDiffers) ?? 0,
                found?.Aside is [var first, ..] ? new(first.Line, first.Code) : null
            );
        }
        catch (UnreadableValueException)
        {
            read = new(agenda.Id, null, null, "value_unreadable"); // its address; its owner links the agenda anew
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

    /// <summary>The file, or null when nothing changed since that mark.</summary>
    private async Task<(byte[]? File, string? ETag)> Fetch(string address, string? etag, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/calendar, */*;q=0.1");
        if (etag is not null && EntityTagHeaderValue.TryParse(etag, out var known))
            request.Headers.IfNoneMatch.Add(known);
        using var client = http.CreateClient(Outbound.Client);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (answer.StatusCode == HttpStatusCode.NotModified)
            return (null, etag);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException("refused");
        return (
            await Content(answer.Content, client.Timeout, ct),
            answer.Headers.ETag?.ToString() is { Length: <= 200 } mark ? mark : null
        );
    }

    // Bytes, whatever charset the server names: feeds say « utf8 », « windows-1252 » or nothing, and the file knows better.
    private static async Task<byte[]> Content(HttpContent content, TimeSpan longest, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest); // the client's own ends with the headers
        await using var stream = await content.ReadAsStreamAsync(limit.Token);
        using var file = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, limit.Token) is > 0 and var read)
        {
            file.Write(buffer, 0, read);
            if (file.Length > IcsBusyTimes.LargestBytes)
                throw InvalidException.Of("address", "ics_too_large");
        }
        return file.ToArray();
    }
}
