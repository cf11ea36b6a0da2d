using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Parceo.Access.Contracts;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Platform;

namespace Parceo.Demo;

/// <summary>
/// The year behind the demo world, by the same methods that events call: growing numbers for SAS 57, most of it in CPTS du
/// Val. What happens from then on comes from events. Ids follow from day and number: a second start adds nothing twice.
/// <c>Dashboards:DemoScale</c> makes it smaller (tests) or nothing (0).
/// </summary>
internal sealed class DashboardsDemo(DashboardsDb db, TimeProvider clock, IConfiguration configuration) : IDemoPart
{
    private const int Family = 60,
        DaysBack = 400,
        Doctors = 16;
    private static readonly Guid Sas = DemoCast.Sas.Id;
    private static readonly string[] Communes = [.. DemoCast.Val.Communes.Take(6), DemoCast.Cretes.Communes[0], "57672"];

    public async Task Seed(CancellationToken ct)
    {
        var scale = Math.Clamp(configuration.GetValue("Dashboards:DemoScale", 1d), 0, 1);
        var now = clock.GetUtcNow();
        var today = LocalTime.DayOf(now, Zones.Paris);
        var known = await db.Bookings.Where(v => v.OrganisationId == Sas).MaxAsync(v => v.Day, ct);
        await Targets(now, ct);
        if (scale > 0 && (known is null || known < today.AddDays(-14)))
        {
            foreach (
                var day in Enumerable
                    .Range(1, DaysBack)
                    .Select(back => today.AddDays(-back))
                    .Where(d => d > (known ?? DateOnly.MinValue))
                    .Order()
            )
                Day(day, today, scale);
            var offered = (await db.Ranges.Select(o => o.RangeId).ToListAsync(ct)).ToHashSet();
            foreach (var monday in Enumerable.Range(0, DaysBack / 7).Select(w => LocalTime.Monday(today).AddDays(-7 * w)))
                Week(monday, today, offered);
        }
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private void Day(DateOnly day, DateOnly today, double scale)
    {
        // From 250 a month to about six times as many, fewer on Saturdays, none on Sundays.
        var growth = 1 + (5 * (DaysBack - (today.DayNumber - day.DayNumber)) / (double)DaysBack);
        var week = day.DayOfWeek switch
        {
            DayOfWeek.Sunday => 0,
            DayOfWeek.Saturday => 0.5,
            DayOfWeek.Monday => 1.4,
            _ => 1,
        };
        var count = (int)Math.Round(9 * growth * week * scale * (0.85 + (Draw(day, 0) % 31 / 100d)));
        for (var n = 0; n < count; n++)
            One(day, n);
    }

    private void One(DateOnly day, int n)
    {
        var luck = Draw(day, n + 1);
        var commune = Communes[
            luck % 20 < 13 ? luck / 20 % 6
            : luck % 20 < 16 ? 6
            : 7
        ];
        var start = new DateTimeOffset(day.ToDateTime(new(8 + (luck % 10), luck / 7 % 60)), TimeSpan.Zero);
        var (booking, orientation) = (Id(day, n, 1), Id(day, n, 2));
        var opened = start.AddMinutes(-(25 + (luck % 600) + (luck % 11 == 0 ? 1300 : 0)));
        if (luck % 3 == 0)
            Wave(day, n, luck, commune, opened);
        if (luck % 13 == 5)
        {
            var search = new OrientationFact(orientation);
            search.Unfilled(Sas, "57", commune, opened.AddMinutes(30), false);
            db.Orientations.Add(search);
            return;
        }
        var fact = new BookingFact(booking);
        fact.Oriented(Sas, "57", commune, start, null, opened, false); // no orientation to open: Regulation keeps none that old here
        if (luck % 17 == 3)
            fact.Cancel();
        else
            Outcome(fact, luck, start);
        db.Bookings.Add(fact);
    }

    private static void Outcome(BookingFact fact, int luck, DateTimeOffset start)
    {
        var said = start.AddHours(1);
        fact.RecordOutcome(
            luck % 19 == 7 ? BookingOutcome.NoShow
                : luck % 37 == 9 ? BookingOutcome.Unknown
                : BookingOutcome.Fulfilled,
            said
        );
        if (fact.Outcome != BookingOutcome.Fulfilled || luck % 4 == 0)
            return;
        fact.Owe(said);
        if (luck % 5 != 0)
            fact.Reported(said, said.AddHours(luck % 7 == 0 ? 60 : 3 + (luck % 40)));
    }

    private void Wave(DateOnly day, int n, int luck, string commune, DateTimeOffset opened)
    {
        var last = 1 + (luck % 5 == 0 ? 1 : 0);
        for (var wave = 1; wave <= last; wave++)
        {
            for (var k = 0; k < (wave == 1 ? 3 : 5); k++)
            {
                var ask = new InvitationFact(Id(day, n, (wave * 10) + k));
                var sent = opened.AddMinutes(2 + (5 * (wave - 1)));
                ask.Settled(
                    Sas,
                    "57",
                    wave,
                    k == 0 && wave == last ? "accepted"
                        : k == 1 ? "declined"
                        : "no_answer",
                    sent,
                    sent.AddSeconds(35 + (luck % 200))
                );
                ask.Sent(Sas, "57", commune, wave, sent);
                db.Invitations.Add(ask);
            }
        }
    }

    private void Week(DateOnly monday, DateOnly today, HashSet<Guid> offered)
    {
        var people = Doctors - Math.Min(5, (today.DayNumber - monday.DayNumber) / 60);
        for (var doctor = 0; doctor < people; doctor++)
        {
            var luck = Draw(monday, doctor + 500);
            if (luck % 9 == 0)
                continue; // a week off
            var offer = new RangeFact(Id(monday, doctor, 3));
            if (!offered.Add(offer.RangeId))
                continue;
            var start = new DateTimeOffset(monday.AddDays(luck % 5).ToDateTime(new(8 + (luck % 9), 0)), TimeSpan.Zero);
            offer.Published(
                DemoCast.IdOf(Family, doctor),
                "57",
                Communes[doctor % 6],
                RangeFact.GeneralPractice,
                start,
                start.AddMinutes(90 + (luck % 6 * 20))
            );
            db.Ranges.Add(offer);
        }
    }

    private async Task Targets(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (organisation, n) in new[] { (Sas, 1), (DemoCast.Val.Id, 2), (DemoCast.Ars.Id, 3) })
        {
            var id = DemoCast.IdOf(Family, 9000 + n);
            if (await db.Targets.AnyAsync(t => t.Id == id, ct))
                continue;
            // The territory's aim is a part of the département's.
            var (value, reference) = organisation == DemoCast.Val.Id ? (1_000, 120) : (2_000, 250);
            db.Targets.Add(
                new Target(
                    id,
                    organisation,
                    Indicator.Redirected,
                    value,
                    reference,
                    new(2023, 9, 1),
                    new(2024, 1, 1),
                    "Feuille de route du service d’accès aux soins",
                    DemoCast.Viel.Id,
                    DemoCast.Viel.FullName,
                    now
                )
            );
        }
    }

    private static int Draw(DateOnly day, int n)
    {
        Span<byte> of = stackalloc byte[8];
        BitConverter.TryWriteBytes(of, day.DayNumber);
        BitConverter.TryWriteBytes(of[4..], n);
        return (int)(BitConverter.ToUInt32(SHA256.HashData(of)) & int.MaxValue);
    }

    private static Guid Id(DateOnly day, int n, int kind) => DemoCast.IdOf(Family + kind, (day.DayNumber * 1000) + n);
}
