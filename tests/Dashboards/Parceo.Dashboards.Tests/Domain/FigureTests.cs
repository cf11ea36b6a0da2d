using NUnit.Framework;
using Parceo.Dashboards.Domain;
using Parceo.Dashboards.Pages;

namespace Parceo.Dashboards.Tests.Domain;

/// <summary>Percentiles, shares, periods and days, without a database.</summary>
[TestFixture]
internal sealed class FigureTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [TestCase(0.5, 3.5)]
    [TestCase(0, 1)]
    [TestCase(1, 10)]
    [TestCase(0.9, 7)]
    public void A_percentile_lies_between_its_neighbours(double p, double expected) =>
        Assert.That(Percentile.Of([(4, 1), (1, 2), (3, 1), (10, 1), (4, 1)], p), Is.EqualTo(expected).Within(1e-9)); // 1 1 3 4 4 10

    [Test]
    public void The_percentile_of_a_histogram_is_that_of_its_values()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var values = Enumerable.Range(0, 1 + random.Next(40)).Select(_ => random.Next(12)).Order().ToList();
            var rank = 0.9 * (values.Count - 1);
            var (low, high) = (values[(int)Math.Floor(rank)], values[(int)Math.Ceiling(rank)]);
            Assert.That(
                Percentile.Of(values.CountBy(v => v).Select(c => (c.Key, c.Value)), 0.9),
                Is.EqualTo(low + ((high - low) * (rank - Math.Floor(rank)))).Within(1e-9)
            );
        }
    }

    [Test]
    public void Of_nothing_there_is_no_figure()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Percentile.Of([], 0.5), Is.Null);
            Assert.That(Measure.Share(0, 0).Value, Is.Null);
            Assert.That(Measure.Share(1, 4).Value, Is.EqualTo(0.25));
        });
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(10, true)]
    [TestCase(11, false)]
    public void D37_A_cell_under_eleven_is_hidden(int n, bool hidden)
    {
        var cell = Measure.Count(n).Cell(outside: true, Scale.Count);
        Assert.That((cell.Few, cell.Value is null, cell.Of), Is.EqualTo((hidden, hidden, hidden ? 0 : n / 10 * 10)));
        Assert.That(Measure.Count(n).Cell(outside: false, Scale.Count).Value, Is.EqualTo(n));
    }

    [TestCase(3, 100, null)] // three who did not come
    [TestCase(95, 100, null)] // five who did
    [TestCase(0, 100, 0)]
    [TestCase(100, 100, 1)]
    [TestCase(37, 122, 0.33)] // 40 of 120
    public void D37_Each_part_of_a_share_is_a_cell(int part, int whole, double? shown) =>
        Assert.That(Measure.Share(part, whole).Cell(outside: true, Scale.Share).Value, Is.EqualTo(shown));

    /// <summary>
    /// Two views of one territory, often a day apart. Whoever subtracts them, counts from counts or the numerators that shares give
    /// away, finds no small cell: what both show would be the same with another number in it.
    /// </summary>
    [Test]
    public void D37_Ten_thousand_pairs_of_views_subtract_to_no_small_cell()
    {
        var random = new Random(37);
        var small = 0;
        for (var pair = 0; pair < 10_000; pair++)
        {
            var days = Enumerable.Range(0, 130).Select(_ => (All: random.Next(8), Part: 0)).ToList();
            days = days.ConvertAll(d => (d.All, random.Next(d.All + 1)));
            var from = random.Next(60);
            var to = from + random.Next(59);
            var wider = to + (pair % 2 == 0 ? 1 : 1 + random.Next(5));
            (int All, int Part) Sum(int first, int last) =>
                (days[first..(last + 1)].Sum(d => d.All), days[first..(last + 1)].Sum(d => d.Part));
            var (inner, more) = (Sum(from, to), Sum(to + 1, wider));
            if (more.All is 0 or > 10)
                continue;
            small++;
            Assert.That(Alternatives(inner, more).Take(2).Count(), Is.EqualTo(2), $"{inner} and {more}");
            if (more.Part > 0) // that there was nothing is said, as everywhere
                Assert.That(Alternatives(inner, more, parts: true).Take(2).Count(), Is.EqualTo(2), $"parts of {inner} and {more}");
        }
        Assert.That(small, Is.GreaterThan(5000), "pairs that could tell something");

        // How many came in the days between, in worlds around this one in which both views show the same.
        static IEnumerable<int> Alternatives((int All, int Part) inner, (int All, int Part) more, bool parts = false)
        {
            var seen = Seen(inner.All, inner.Part, more.All, more.Part);
            return (
                from moreAll in Enumerable.Range(0, 11)
                from morePart in Enumerable.Range(0, moreAll + 1)
                from all in Enumerable.Range(Math.Max(0, inner.All - 9), 19)
                from part in Enumerable.Range(Math.Max(0, inner.Part - 9), 19)
                where part <= all && Seen(all, part, moreAll, morePart) == seen
                select parts ? morePart : moreAll
            ).Distinct();
        }

        static ((double?, double?) Counts, (double?, double?) Shares) Seen(int all, int part, int moreAll, int morePart) =>
            ((Count(all), Count(all + moreAll)), (Share(part, all), Share(part + morePart, all + moreAll)));
        static double? Count(int n) => Measure.Count(n).Cell(outside: true, Scale.Count).Value;
        static double? Share(int part, int whole) => Measure.Share(part, whole).Cell(outside: true, Scale.Share).Value;
    }

    [TestCase("2026-11", "2026-11-01", "2026-11-30", "2026-10-01", "2026-10-23")] // 23 days against 23 days
    [TestCase("2026-03", "2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28")]
    [TestCase("2026-T4", "2026-10-01", "2026-12-31", "2026-07-01", "2026-08-23")]
    [TestCase("2026-T1", "2026-01-01", "2026-03-31", "2025-10-01", "2025-12-31")]
    [TestCase("2026", "2026-01-01", "2026-12-31", "2025-01-01", "2025-11-23")]
    [TestCase("2024", "2024-01-01", "2024-12-31", "2023-01-01", "2023-12-31")]
    public void A_period_is_compared_to_as_much_of_the_one_before(string name, string from, string to, string beforeFrom, string beforeTo)
    {
        var period = Period.Read(name)!;
        var before = period.Before(Today);
        string[] days = [.. new[] { period.From, period.To, before.From, before.To }.Select(IndicatorSelection.Iso)];
        Assert.That(days, Is.EqualTo(new[] { from, to, beforeFrom, beforeTo }));
    }

    [Test]
    public void Days_are_compared_to_as_many_days_before()
    {
        var before = new Period(new(2026, 3, 25), new(2026, 4, 3)).Before(Today);
        Assert.That((before.From, before.To), Is.EqualTo((new DateOnly(2026, 3, 15), new DateOnly(2026, 3, 24))));
    }

    [TestCase("2026-13")]
    [TestCase("2026-T5")]
    [TestCase("1999")]
    [TestCase("2026-1")]
    [TestCase("'; --")]
    [TestCase(null)]
    public void What_is_no_period_is_none(string? name) => Assert.That(Period.Read(name), Is.Null);

    [Test]
    public void The_chart_ends_with_the_month_that_has_come()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Period.Read("2026")!.Months(Today), Has.Count.EqualTo(12));
            Assert.That(Period.Read("2026")!.Months(Today)[^1], Is.EqualTo(new DateOnly(2026, 11, 1)));
            Assert.That(Period.Read("2026-02")!.Months(Today)[0], Is.EqualTo(new DateOnly(2025, 3, 1)));
        });
    }

    [TestCase("57", "2026-03-28T23:30:00Z", "2026-03-29")] // the night of the change to summer time
    [TestCase("57", "2026-10-24T22:30:00Z", "2026-10-25")]
    [TestCase("57", "2026-10-25T22:30:00Z", "2026-10-25")]
    [TestCase("57", "2026-10-25T23:30:00Z", "2026-10-26")]
    [TestCase("974", "2026-03-28T19:59:00Z", "2026-03-28")] // La Réunion: four hours ahead all year
    [TestCase("974", "2026-10-25T20:00:00Z", "2026-10-26")]
    public void D32_A_visit_counts_on_the_day_of_its_place(string departement, string start, string day)
    {
        var fact = new BookingFact(Guid.CreateVersion7());
        fact.Booked(
            Guid.CreateVersion7(),
            departement,
            null,
            DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
            null
        );
        Assert.That(IndicatorSelection.Iso(fact.Day!.Value), Is.EqualTo(day));
    }

    [Test]
    public void A_visit_is_the_same_in_whatever_order_it_is_told()
    {
        var (org, orientation, start) = (
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero)
        );
        Action<BookingFact>[] told =
        [
            v => v.Booked(org, "57", "57672", start, orientation),
            v => v.Oriented(org, "57", "57463", start, orientation, start.AddHours(-3), false),
            v => v.RecordOutcome(BookingOutcome.NoShow, start.AddHours(1)),
            v => v.RecordOutcome(BookingOutcome.Fulfilled, start.AddHours(2)),
            v => v.Reported(start.AddHours(2), start.AddHours(40)),
        ];
        var seen = Orders(told)
            .Select(order =>
            {
                var v = new BookingFact(orientation);
                foreach (var tell in order.Concat(order.Take(2)))
                    tell(v); // and some of it twice
                return (
                    v.Day,
                    v.Commune,
                    v.Departement,
                    v.Counts,
                    v.Outcome,
                    v.DelayMinutes,
                    v.ReportOwed,
                    v.ReportInTime,
                    v.OrganisationId
                );
            })
            .Distinct()
            .ToList();
        Assert.That(
            seen,
            Is.EqualTo(
                new[]
                {
                    (
                        (DateOnly?)new DateOnly(2026, 11, 20),
                        (string?)"57463",
                        "57",
                        true,
                        BookingOutcome.Fulfilled,
                        (int?)180,
                        true,
                        true,
                        org
                    ),
                }
            )
        );
    }

    [Test]
    public void A_place_found_after_all_waves_makes_an_unfilled_search_good()
    {
        var (at, org) = (new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero), Guid.CreateVersion7());
        bool Counts(params Action<OrientationFact>[] told)
        {
            var s = new OrientationFact(org);
            foreach (var tell in told)
                tell(s);
            return s.Counts;
        }
        Action<OrientationFact> Unfilled(int hours) => s => s.Unfilled(org, "57", null, at.AddHours(hours), false);
        Action<OrientationFact> Booked(int hours) => s => s.Booked(org, "57", null, at.AddHours(hours), false);
        Assert.Multiple(() =>
        {
            Assert.That(Counts(Unfilled(0)), Is.True);
            Assert.That(Counts(Unfilled(0), Booked(1)), Is.False);
            Assert.That(Counts(Booked(1), Unfilled(0)), Is.False);
            Assert.That(Counts(Unfilled(0), Booked(1), Unfilled(2)), Is.True);
            Assert.That(Counts(Booked(0)), Is.False);
            Assert.That(Counts(s => s.Unfilled(org, "57", null, at, true)), Is.False, "outside unscheduled care (D25)");
        });
    }

    [Test]
    public void I8_counts_heads_and_weeks()
    {
        var (a, b, monday) = (Guid.CreateVersion7(), Guid.CreateVersion7(), new DateOnly(2026, 11, 2));
        WeekOfOffers[] weeks = [new(monday, a, 180), new(monday, b, 60), new(monday.AddDays(7), a, 120), new(monday.AddDays(35), b, 600)];
        var (hours, reached) = VisibleHours.Of(weeks, new(2026, 11, 1), new(2026, 11, 15), outside: false);
        Assert.That((hours.Value, hours.Of, reached.Value), Is.EqualTo((1.5, 2, 0.5))); // 6 hours, two people, two weeks; two of four weeks reach 2 h
        Assert.That(VisibleHours.Of(weeks, new(2026, 11, 3), new(2026, 11, 5), outside: false).Hours.Value, Is.Null, "no Monday");
    }

    [Test]
    public void I8_absences_and_withdrawals_take_hours_away()
    {
        var (offer, at) = (new RangeFact(Guid.CreateVersion7()), new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
        offer.Hide(true, at.AddDays(-2)); // told before the range was
        offer.Published(Guid.CreateVersion7(), "57", null, null, at, at.AddHours(2));
        Assert.That(offer.Counts, Is.False);
        offer.Hide(false, at.AddDays(-1));
        offer.Hide(true, at.AddDays(-3)); // an older word that comes late
        Assert.That(offer.Counts, Is.True);
        offer.Closed(booked: true);
        Assert.That(offer.Counts, Is.True);
        offer.Closed(booked: false);
        Assert.That(offer.Counts, Is.False);
    }

    [TestCase(1284, Scale.Count, "1\u202F284")]
    [TestCase(130, Scale.Minutes, "2\u00A0h\u00A010")]
    [TestCase(0.784, Scale.Share, "78\u202F%")]
    [TestCase(0.0512, Scale.Share, "5,1\u202F%")]
    [TestCase(200, Scale.Seconds, "3\u00A0min\u00A020\u00A0s")]
    [TestCase(4.24, Scale.Hours, "4,2\u00A0h")]
    public void Values_are_written_as_people_read_them(double value, Scale scale, string text) =>
        Assert.That(French.Value(value, scale), Is.EqualTo(text));

    private static IEnumerable<List<T>> Orders<T>(IReadOnlyCollection<T> of) =>
        of.Count <= 1
            ? [of.ToList()]
            : of.SelectMany((first, i) => Orders(of.Where((_, j) => j != i).ToList()).Select(rest => rest.Prepend(first).ToList()));
}
