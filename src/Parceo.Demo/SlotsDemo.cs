using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Demo;

/// <summary>
/// Slots of this week for the cast and about 60 generated general practitioners, relative to today; some bookings of the
/// five days before, so that nothing is empty, on a Monday either. Ids follow from who and when: a second start adds only what time has brought.
/// </summary>
internal sealed class SlotsDemo(SlotsDb db, ISender sender, PatientSeal seal, TimeProvider clock) : IDemoPart
{
    private const string Zone = "Europe/Paris";
    private const int Others = 56,
        DaysBooked = 5;
    private static readonly string[] Towns = ["57463", "57480", "57751", "57447", "57672", "57227", "57630", "57412", "57306", "57019"];
    private readonly HashSet<Guid> known = [];

    public async Task Seed(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = LocalTime.DayOf(now, Zone);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        known.UnionWith(
            await db.Ranges.Where(r => r.Start > LocalTime.StartOfDay(monday.AddDays(-7), Zone)).Select(r => r.Id).ToListAsync(ct)
        );

        var cast = await sender.Send(new GetPractitioners.Query([.. DemoCast.All.Select(c => c.DirectoryPersonId).OfType<Guid>()]), ct);
        Practitioner? Of(CastMember who) => cast.FirstOrDefault(p => p.Id == who.DirectoryPersonId);
        foreach (var week in new[] { monday.AddDays(-7), monday, monday.AddDays(7) })
        {
            await Offer(Of(DemoCast.Roche), week.AddDays(1), new(17, 0), 20, 6, 1, ct);
            await Offer(Of(DemoCast.Roche), week.AddDays(3), new(17, 0), 20, 6, 1, ct);
            await Offer(Of(DemoCast.Haddad), week, new(14, 0), 120, 1, 4, ct);
            await Offer(Of(DemoCast.Weber), week.AddDays(2), new(12, 0), 15, 4, 1, ct, over: true);
        }
        await OfferGenerated(monday, today, ct);
        await BookYesterday(today, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task OfferGenerated(DateOnly monday, DateOnly today, CancellationToken ct)
    {
        var people = new List<Guid>();
        foreach (var town in Towns)
        {
            var found = await sender.Send(new FindPeople.Query(Skill: "MEDECINE_GENERALE", Place: town, RadiusKm: 12, Limit: 20), ct);
            people.AddRange(
                found.People.Select(p => p.Id).Where(p => !people.Contains(p) && DemoCast.All.All(c => c.DirectoryPersonId != p))
            );
        }
        var effectors = await sender.Send(new GetPractitioners.Query([.. people.Take(Others)]), ct);
        var first = Math.Min(0, today.DayNumber - monday.DayNumber - DaysBooked);
        foreach (var (doctor, i) in effectors.Select((p, i) => (p, i)))
        {
            foreach (var day in Enumerable.Range(first, 9 - first).Where(d => (d + i) % 3 != 0))
            {
                await Offer(
                    doctor,
                    monday.AddDays(day),
                    new TimeOnly(8 + (i % 10), 20 * (i % 3)),
                    20,
                    2 + (i % 3),
                    1,
                    ct,
                    over: i % 7 == 0
                );
                // Evening and night, so that something is free within four hours at any hour. Sevenths: of each, somebody works on any day.
                if (i % 5 == 0)
                    await Offer(doctor, monday.AddDays(day), new TimeOnly(18, 0), 120, 1, 6, ct);
                if (i % 7 == 1)
                    await Offer(doctor, monday.AddDays(day), new TimeOnly(21, 0), 40, 4, 1, ct);
                if (i % 7 == 4)
                    await Offer(doctor, monday.AddDays(day), new TimeOnly(0, 0), 120, 4, 4, ct);
            }
        }
    }

    private async Task Offer(
        Practitioner? who,
        DateOnly day,
        TimeOnly at,
        int minutes,
        int count,
        int capacity,
        CancellationToken ct,
        bool over = false
    )
    {
        if (who?.Activities.FirstOrDefault(a => a is { Latitude: not null, Departement: not null }) is not { } activity)
            return;
        var calendar = await db.Calendars.FindAsync([activity.Id], ct);
        if (calendar is null)
            db.Calendars.Add(calendar = new Calendar(activity.Id, who.Id));
        calendar.Refresh(
            who.Name,
            who.CareCode,
            who.Skill ?? who.Profession,
            activity.Structure ?? activity.Address ?? "",
            activity.CommuneName ?? "",
            activity.Departement!,
            activity.Phone,
            Nearby(activity, who.Id),
            activity.Commune
        );
        calendar.TakePart(over, calendar.Via);
        for (var n = 0; n < count; n++)
        {
            var start = LocalTime.At(day, at, Zone).AddMinutes(minutes * n);
            var id = IdOf(who.Id, start);
            if (!known.Add(id))
                continue;
            // Published a week before, so that the ranges of the past exist too.
            db.Ranges.Add(
                new SlotRange(id, calendar, start, start.AddMinutes(minutes), capacity, Mode.Cabinet, null, who.Id, start.AddDays(-7))
            );
        }
    }

    /// <summary>The directory knows the commune only: the demo world spreads practices over it, always in the same way.</summary>
    private static GeoPoint Nearby(PractitionerActivity activity, Guid who)
    {
        var bytes = who.ToByteArray();
        return new(activity.Latitude!.Value + ((bytes[15] - 128) / 9000.0), activity.Longitude!.Value + ((bytes[14] - 128) / 6000.0));
    }

    private async Task BookYesterday(DateOnly today, CancellationToken ct)
    {
        var (from, to) = (LocalTime.StartOfDay(today.AddDays(-DaysBooked), Zone), LocalTime.StartOfDay(today, Zone));
        await db.SaveChangesAsync(ct);
        var past = await db
            .Ranges.Where(r => r.Start >= from && r.Start < to && r.Taken == 0)
            .OrderBy(r => r.Start)
            .Take(60)
            .ToListAsync(ct);
        foreach (var (range, i) in past.Where((_, i) => i % 2 == 0).Select((r, i) => (r, i)))
        {
            var patient = new PatientTraits(
                4 + (i * 7 % 88),
                i % 2 == 0 ? Sex.Female : Sex.Male,
                i % 3 == 0 ? null : $"{(i % 2 == 0 ? "Mme" : "M.")} Essai {i + 1}",
                null
            );
            var booking = range.Book(
                IdOf(range.Id, range.Start.AddTicks(1)),
                DemoCast.Prat.Id,
                DemoCast.Sas.Id,
                $"57-{today.Year}-{118000 + i}",
                patient,
                range.Start.AddHours(-3)
            );
            seal.Seal(booking, SlotChanges.SaidAtBooking(patient, booking));
            booking.RecordOutcome(i % 9 == 4 ? BookingState.NoShow : BookingState.Fulfilled, DemoCast.Prat.Id, range.End);
            db.Bookings.Add(booking);
        }
    }

    private static Guid IdOf(Guid seed, DateTimeOffset at)
    {
        Span<byte> of = stackalloc byte[24];
        seed.TryWriteBytes(of);
        BitConverter.TryWriteBytes(of[16..], at.UtcTicks);
        return new Guid(SHA256.HashData(of).AsSpan(0, 16));
    }
}
