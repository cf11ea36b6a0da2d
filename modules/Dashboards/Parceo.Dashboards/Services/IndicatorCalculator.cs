using Microsoft.EntityFrameworkCore;
using Parceo.Dashboards.Contracts;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Platform;

namespace Parceo.Dashboards.Services;

/// <summary>
/// Adds facts up: a fixed number of questions, whatever the volume, each over one index range and answered in days or in
/// values with how often they occur. Nothing is stored: the same facts always give the same figure (D36).
/// </summary>
internal sealed class IndicatorCalculator(DashboardsDb db, ICurrentUser user, TimeProvider clock)
{
    /// <summary>All indicators of a perimeter and period.</summary>
    public async Task<IReadOnlyList<Figure>> Of(Perimeter perimeter, Period period, CancellationToken ct)
    {
        var today = Perimeters.Today(user, clock);
        var (months, before) = (period.Months(today), period.Before(today));
        var (first, last) = (months[0] < before.From ? months[0] : before.From, months[^1].AddMonths(1).AddDays(-1));
        if (period.To > last)
            last = period.To;
        var outside = perimeter == Perimeter.Territory;

        var bookings = await Bookings(perimeter, first, last, ct);
        var unfilled = await db
            .Orientations.In(perimeter, user, first, last)
            .GroupBy(s => s.Day!.Value)
            .Select(g => new { Day = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Day, g => g.Count, ct);
        var waves = await db
            .Invitations.In(perimeter, user, first, last)
            .GroupBy(a => new { Day = a.Day!.Value, a.Wave })
            .Select(g => new WaveDay(g.Key.Day, g.Key.Wave, g.Count(), g.Count(a => a.Accepted)))
            .ToListAsync(ct);
        var delays = (
            await db
                .Bookings.In(perimeter, user, months[0], last)
                .Where(v => v.DelayMinutes != null)
                .GroupBy(v => new
                {
                    v.Day!.Value.Year,
                    v.Day!.Value.Month,
                    Minutes = v.DelayMinutes!.Value,
                })
                .Select(g => new
                {
                    g.Key.Year,
                    g.Key.Month,
                    g.Key.Minutes,
                    Times = g.Count(),
                })
                .ToListAsync(ct)
        ).ToLookup(g => new DateOnly(g.Year, g.Month, 1), g => (g.Minutes, g.Times));
        var weeks = await Weeks(perimeter, first, last < today ? last : today, ct);
        var targets = await Targets(period.Until(today), ct);
        var (delayNow, delayBefore) = (await Delays(perimeter, period, ct), await Delays(perimeter, before, ct));
        var answers = await Answers(perimeter, period, ct);

        // A period that began before anything was counted here is nothing to compare to.
        var since = await db.Bookings.In(perimeter, user, DateOnly.MinValue, last).MinAsync(v => v.Day, ct);
        var comparable = since is null || since <= before.From.AddDays(6);

        Figure Make(
            Indicator indicator,
            Func<Period, Measure> of,
            IReadOnlyList<Part> parts,
            Measure? now = null,
            Measure? then = null,
            Func<DateOnly, Measure>? ofMonth = null
        )
        {
            return new(
                indicator,
                Cell(now ?? of(period)),
                Cell(comparable ? then ?? of(before) : Measure.None),
                [.. months.Select(m => new MonthFigure(m, Cell(ofMonth?.Invoke(m) ?? of(Period.Month(m))), today < m.AddMonths(1)))],
                [.. parts.Select(p => p with { Measure = Cell(p.Measure, p.Scale) })],
                targets.GetValueOrDefault(indicator)
            );

            // Hours are those of professionals: who may look at them one by one sees them as they are.
            Measure Cell(Measure measure, Scale? scale = null) =>
                measure.Cell(outside && indicator != Indicator.Hours, scale ?? Figure.ScaleOf(indicator));
        }

        int Sum(Period p, Func<BookingDay, int> of) => bookings.Where(v => v.Day >= p.From && v.Day <= p.To).Sum(of);
        int Unfilled(Period p) => unfilled.Where(u => u.Key >= p.From && u.Key <= p.To).Sum(u => u.Value);
        Measure Yield(Period p, int? wave = null) =>
            waves.Where(w => w.Day >= p.From && w.Day <= p.To && (wave is null || w.Wave == wave)).ToList() is var some
                ? Measure.Share(some.Sum(w => w.Accepted), some.Sum(w => w.Asked))
                : Measure.None;
        var hideHours = outside && !user.Can(DashboardsPermissions.Sources);
        (Measure Hours, Measure Reached) Visible(Period p) => VisibleHours.Of(weeks, p.From, p.To < today ? p.To : today, hideHours);

        return
        [
            Make(Indicator.Redirected, p => Measure.Count(Sum(p, v => v.Bookings)), []),
            Make(
                Indicator.Delay,
                _ => Measure.None,
                [
                    new("p90", Scale.Minutes, Share(delayNow, 0.9)),
                    new(
                        "within48h",
                        Scale.Share,
                        Measure.Share(delayNow.Where(d => d.Value <= 2880).Sum(d => d.Times), delayNow.Sum(d => d.Times))
                    ),
                ],
                Share(delayNow, 0.5),
                Share(delayBefore, 0.5),
                m => Share([.. delays[m]], 0.5)
            ),
            Make(Indicator.Unfilled, p => Measure.Share(Unfilled(p), Sum(p, v => v.Bookings) + Unfilled(p)), []),
            Make(
                Indicator.Waves,
                p => Yield(p),
                [
                    .. waves
                        .Where(w => w.Day >= period.From && w.Day <= period.To)
                        .Select(w => w.Wave)
                        .Distinct()
                        .Order()
                        .Select(w => new Part($"wave{w}", Scale.Share, Yield(period, w))),
                    new("answer", Scale.Seconds, Share(answers, 0.5)),
                ]
            ),
            Make(
                Indicator.NoShow,
                p => Measure.Share(Sum(p, v => v.NoShow), Sum(p, v => v.Fulfilled + v.NoShow)),
                [new("unknown", Scale.Count, Measure.Count(Sum(period, v => v.Unknown)))]
            ),
            Make(Indicator.Hours, p => Visible(p).Hours, [new("reached", Scale.Share, Visible(period).Reached)]),
            Make(
                Indicator.Feedback,
                p => Measure.Share(Sum(p, v => v.InTime), Sum(p, v => v.Owed)),
                [new("pending", Scale.Count, Measure.Count(Sum(period, v => v.Pending)))]
            ),
        ];

        static Measure Share(IReadOnlyCollection<(int Value, int Times)> histogram, double p) =>
            new(Percentile.Of(histogram, p), histogram.Sum(h => h.Times));
    }

    private async Task<IReadOnlyList<BookingDay>> Bookings(Perimeter perimeter, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var late = clock.GetUtcNow() - BookingFact.ReportWithin;
        return await db
            .Bookings.In(perimeter, user, from, to)
            .GroupBy(v => v.Day!.Value)
            .Select(g => new BookingDay(
                g.Key,
                g.Count(),
                g.Count(v => v.Outcome == BookingOutcome.Fulfilled),
                g.Count(v => v.Outcome == BookingOutcome.NoShow),
                g.Count(v => v.Outcome == BookingOutcome.Unknown),
                g.Count(v => v.ReportOwed && (v.ReportSentAt != null || v.OwedAt <= late)),
                g.Count(v => v.ReportInTime),
                g.Count(v => v.ReportOwed && v.ReportSentAt == null && v.OwedAt > late)
            ))
            .ToListAsync(ct);
    }

    private async Task<IReadOnlyCollection<(int Value, int Times)>> Delays(Perimeter perimeter, Period p, CancellationToken ct) =>
        [
            .. (
                await db
                    .Bookings.In(perimeter, user, p.From, p.To)
                    .Where(v => v.DelayMinutes != null)
                    .GroupBy(v => v.DelayMinutes!.Value)
                    .Select(g => new { g.Key, Times = g.Count() })
                    .ToListAsync(ct)
            ).Select(g => (g.Key, g.Times)),
        ];

    private async Task<IReadOnlyCollection<(int Value, int Times)>> Answers(Perimeter perimeter, Period p, CancellationToken ct) =>
        [
            .. (
                await db
                    .Invitations.In(perimeter, user, p.From, p.To)
                    .Where(a => a.AnswerSeconds != null)
                    .GroupBy(a => a.AnswerSeconds!.Value)
                    .Select(g => new { g.Key, Times = g.Count() })
                    .ToListAsync(ct)
            ).Select(g => (g.Key, g.Times)),
        ];

    private async Task<IReadOnlyList<WeekOfOffers>> Weeks(Perimeter perimeter, DateOnly from, DateOnly to, CancellationToken ct) =>
        await db
            .Ranges.In(perimeter, user, from, to.AddDays(6))
            .Where(o => o.General && o.Monday >= from && o.Monday <= to)
            .GroupBy(o => new { Monday = o.Monday!.Value, o.PractitionerId })
            .Select(g => new WeekOfOffers(g.Key.Monday, g.Key.PractitionerId, g.Sum(o => o.Minutes)))
            .ToListAsync(ct);

    /// <summary>A few rows an organisation: the ones in force on a day.</summary>
    private async Task<Dictionary<Indicator, TargetLine>> Targets(DateOnly on, CancellationToken ct) =>
        (
            await db
                .Targets.AsNoTracking()
                .Where(t => t.OrganisationId == user.OrganisationId && t.From <= on)
                .OrderByDescending(t => t.From)
                .ThenByDescending(t => t.SetAt)
                .Take(200)
                .ToListAsync(ct)
        )
            .GroupBy(t => t.Indicator)
            .ToDictionary(
                g => g.Key,
                g => g.First() is var t ? new TargetLine(t.Value, t.Reference, t.ReferenceOn, t.From, t.Source) : null!
            );
}
