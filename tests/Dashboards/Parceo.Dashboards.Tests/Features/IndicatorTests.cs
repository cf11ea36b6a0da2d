using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Dashboards.Features;
using Parceo.Feedback.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Slots.Contracts;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Dashboards.Tests.Features;

/// <summary>Events go in through the outbox, figures come out; each test has an organisation and a commune of its own.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class IndicatorTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static int communes = 10_000;
    private ParceoHost host = null!;
    private DateTimeOffset now;
    private DateOnly today;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        // To the next noon: today stays today while the tests run, and the hours before and after now are of it too.
        today = LocalTime.DayOf(host.Clock.GetUtcNow(), Zones.Paris).AddDays(1);
        now = LocalTime.At(today, new(12, 0), Zones.Paris);
        host.Clock.AdvanceTo(now);
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private sealed record Area(Guid Organisation, string Commune)
    {
        public TestUser Regulator { get; } = TestUser.Regulator("99", Organisation); // nobody else's département
        public TestUser Coordinator { get; } =
            new(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Coordinator) { Communes = [Commune] };
        public TestUser Agency { get; } = new(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.AgencyReader) { Communes = [Commune] };
    }

    private static Area New() =>
        new(Guid.CreateVersion7(), Interlocked.Increment(ref communes).ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Test]
    public async Task I3_I4_I7_I9_What_becomes_of_a_patient_is_counted()
    {
        var p = New();
        var visits = Enumerable.Range(0, 4).Select(_ => (Booking: Guid.CreateVersion7(), Orientation: Guid.CreateVersion7())).ToList();
        var events = new List<IIntegrationEvent>();
        foreach (var (v, i) in visits.Select((v, i) => (v, i)))
        {
            // The odd ones hear of the outcome and of the report before they hear of the booking.
            IIntegrationEvent[] told =
            [
                Booked(p, v.Booking, v.Orientation),
                Oriented(p, v.Booking, v.Orientation, hours: i + 1),
                Outcome(p, v.Booking, i == 0 ? "noshow" : "fulfilled", now),
            ];
            events.AddRange(i % 2 == 0 ? told : told.Reverse());
        }
        events.Insert(
            0,
            new ReportSent(visits[1].Booking, null, p.Organisation, "57", Guid.Empty, Guid.Empty, now.AddHours(-50), now.AddHours(-10))
        );
        events.Add(new ReportDue(visits[2].Booking, null, p.Organisation, "57", Guid.Empty, Guid.Empty, now.AddHours(-60), now));
        events.Add(new ReportDue(visits[3].Booking, null, p.Organisation, "57", Guid.Empty, Guid.Empty, now.AddHours(-3), now)); // its 48 h still run
        await Tell([.. events]);

        var shown = await Own(p);
        Assert.Multiple(() =>
        {
            Assert.That(shown[Indicator.Redirected].Now.Value, Is.EqualTo(4));
            Assert.That(shown[Indicator.Delay].Now.Value, Is.EqualTo(150)); // 1, 2, 3, 4 hours
            Assert.That(Part(shown[Indicator.Delay], "p90"), Is.EqualTo(222).Within(0.001));
            Assert.That(Part(shown[Indicator.Delay], "within48h"), Is.EqualTo(1));
            Assert.That((shown[Indicator.NoShow].Now.Value, shown[Indicator.NoShow].Now.Of), Is.EqualTo((0.25, 4)));
            Assert.That((shown[Indicator.Feedback].Now.Value, shown[Indicator.Feedback].Now.Of), Is.EqualTo((0.5, 2)));
            Assert.That(Part(shown[Indicator.Feedback], "pending"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_cancellation_takes_a_patient_out_of_every_figure_also_when_it_comes_first()
    {
        var p = New();
        var (early, late, stays) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Tell(Cancelled(p, early), Booked(p, early), Booked(p, late), Booked(p, stays), Cancelled(p, late), Cancelled(p, late));
        Assert.That((await Own(p))[Indicator.Redirected].Now.Value, Is.EqualTo(1));
    }

    [Test]
    public async Task D29_An_outcome_put_right_counts_as_last_said()
    {
        var p = New();
        var (a, b) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Tell(
            Booked(p, a),
            Booked(p, b),
            Outcome(p, a, "noshow", now),
            Outcome(p, a, "fulfilled", now.AddMinutes(5)),
            Outcome(p, b, "noshow", now.AddMinutes(5)),
            Outcome(p, b, "unknown", now)
        ); // an older word arrives later
        var figure = (await Own(p))[Indicator.NoShow];
        Assert.That((figure.Now.Value, figure.Now.Of, Part(figure, "unknown")), Is.EqualTo((0.5, 2, 0)));
    }

    [Test]
    public async Task I9_A_report_waived_is_not_owed_and_one_told_of_twice_counts_once()
    {
        var p = New();
        var (waived, sent) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Tell(
            Booked(p, waived),
            new ReportDue(waived, null, p.Organisation, "57", Guid.Empty, Guid.Empty, now.AddDays(-5), now),
            new ReportWaived(waived, p.Organisation, "57"),
            Booked(p, sent),
            new ReportSent(sent, null, p.Organisation, "57", Guid.Empty, Guid.Empty, now.AddHours(-9), now),
            new ReportSent(sent, null, p.Organisation, "57", Guid.Empty, Guid.Empty, now.AddHours(-9), now)
        );
        var figure = (await Own(p))[Indicator.Feedback];
        Assert.That((figure.Now.Value, figure.Now.Of), Is.EqualTo((1.0, 1)));
    }

    [Test]
    public async Task I5_I6_What_becomes_of_a_search_is_counted()
    {
        var p = New();
        var (none, found, direct) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var asked = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToList();
        IIntegrationEvent Answered(int i, string answer, int seconds) =>
            new InvitationAnswered(
                asked[i],
                none,
                p.Organisation,
                "57",
                Guid.CreateVersion7(),
                i < 3 ? 1 : 2,
                answer,
                now,
                now.AddSeconds(seconds)
            );
        await Tell([
            .. asked.Select(
                (id, i) =>
                    new InvitationSent(
                        id,
                        none,
                        p.Organisation,
                        "57",
                        Guid.CreateVersion7(),
                        i < 3 ? 1 : 2,
                        now,
                        now.AddMinutes(5),
                        p.Commune
                    )
            ),
            Answered(0, "accepted", 60),
            Answered(0, "withdrawn", 90),
            Answered(1, "declined", 20),
            Answered(2, "no_answer", 300),
            Answered(3, "accepted", 100),
            new OrientationUnfilled(none, p.Organisation, "57", CareKind.GeneralMedicine, now, now, 4, false, p.Commune),
            new OrientationUnfilled(found, p.Organisation, "57", CareKind.GeneralMedicine, now, now, 4, false, p.Commune),
            new OrientationUnfilled(Guid.CreateVersion7(), p.Organisation, "57", CareKind.GeneralMedicine, now, now, 4, true, p.Commune), // outside unscheduled care
            Oriented(p, Guid.CreateVersion7(), found, 2),
            Booked(p, direct),
        ]);
        var shown = await Own(p);
        Assert.Multiple(() =>
        {
            Assert.That((shown[Indicator.Unfilled].Now.Value, shown[Indicator.Unfilled].Now.Of), Is.EqualTo((1 / 3d, 3)));
            Assert.That(shown[Indicator.Waves].Now.Value, Is.EqualTo(0.25));
            Assert.That(
                (Part(shown[Indicator.Waves], "wave1"), Part(shown[Indicator.Waves], "wave2"), Part(shown[Indicator.Waves], "answer")),
                Is.EqualTo((0d, 1d, 60d))
            );
        });
    }

    [Test]
    public async Task I8_Published_hours_less_what_is_withdrawn_or_hidden()
    {
        var p = New();
        var (doctor, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var ids = Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7()).ToList();
        var start = LocalTime.At(LocalTime.Monday(today.AddDays(-7)), new(9, 0), Zones.Paris);
        IIntegrationEvent Published(int i, Guid who, int hours, string skill = "MEDECINE_GENERALE") =>
            new RangePublished(ids[i], who, Guid.Empty, "57", start, start.AddHours(hours), 1, p.Commune, skill);
        await Tell(
            new RangesHidden(doctor, [ids[2]], true, now),
            Published(0, doctor, 3),
            Published(1, other, 1),
            Published(2, doctor, 5),
            Published(3, other, 7),
            Published(4, doctor, 1),
            Published(5, doctor, 9, "DERMATOLOGIE"),
            new RangeClosed(ids[3], other, Guid.Empty, "57"),
            new RangeClosed(ids[4], doctor, Guid.Empty, "57", Booked: true)
        );
        var monday = LocalTime.Monday(today.AddDays(-7));
        var figure = (
            await host.Send(p.Coordinator, new ShowIndicators.Query(Perimeter.Territory, monday, monday.AddDays(6)))
        ).Figures.Single(f => f.Indicator == Indicator.Hours);
        Assert.That((figure.Now.Value, figure.Now.Of, Part(figure, "reached")), Is.EqualTo((2.5, 2, 0.5))); // 4 h and 1 h
        var agency = (await host.Send(p.Agency, new ShowIndicators.Query(Perimeter.Territory, monday, monday.AddDays(6)))).Figures.Single(
            f => f.Indicator == Indicator.Hours
        );
        Assert.That(agency.Now.Few, Is.True, "two people are too few for whoever is outside");
    }

    [Test]
    public async Task S15_Nobody_sees_the_numbers_of_another_organisation_or_territory()
    {
        var (mine, theirs) = (New(), New());
        await Tell([.. Enumerable.Range(0, 12).Select(_ => Booked(mine, Guid.CreateVersion7()))]);
        Assert.Multiple(async () =>
        {
            Assert.That((await Own(mine))[Indicator.Redirected].Now.Value, Is.EqualTo(12));
            Assert.That((await Own(theirs))[Indicator.Redirected].Now.Value, Is.Zero);
            Assert.That((await Territory(mine.Coordinator))[Indicator.Redirected].Now.Value, Is.EqualTo(10), "rounded (D37)");
            Assert.That((await Territory(theirs.Coordinator))[Indicator.Redirected].Now.Value, Is.Zero);
            Assert.That((await host.Send(theirs.Regulator, Sources(Perimeter.Own))).Sources, Is.Empty);
            Assert.That((await host.Send(mine.Regulator, Sources(Perimeter.Own))).Sources, Has.Count.EqualTo(12));
            Assert.That(
                await host.With<DashboardsDb, int>(db => db.Bookings.CountAsync()),
                Is.GreaterThanOrEqualTo(12),
                "the host itself sees all"
            );
        });
    }

    [Test]
    public async Task D37_A_territory_hides_cells_under_eleven_and_their_sources()
    {
        var p = New();
        await Tell([.. Enumerable.Range(0, 10).Select(_ => Booked(p, Guid.CreateVersion7()))]);
        var figure = (await Territory(p.Coordinator))[Indicator.Redirected];
        Assert.That((figure.Now.Few, figure.Now.Value, figure.Months[^1].Measure.Few), Is.EqualTo((true, (double?)null, true)));
        var sources = await host.Send(p.Coordinator, Sources(Perimeter.Territory));
        Assert.That((sources.Hidden, sources.Sources.Count), Is.EqualTo((true, 0)));
        Assert.That((await Own(p))[Indicator.Redirected].Now.Value, Is.EqualTo(10), "who regulates sees their own work");
    }

    [Test]
    public async Task S13_Who_may_see_what()
    {
        var p = New();
        var query = new ShowIndicators.Query(Perimeter.Own, today, today);
        var effector = TestUser.Effector(Guid.CreateVersion7());
        Assert.Multiple(async () =>
        {
            Assert.That((await Refused(() => host.Send(effector, query))).Status, Is.EqualTo(403), "professionals see nothing of others");
            Assert.That((await Refused(() => host.Send(p.Coordinator, query))).Code, Is.EqualTo("perimeter_unknown"));
            Assert.That(
                (await Refused(() => host.Send(p.Regulator, query with { Perimeter = Perimeter.Territory }))).Code,
                Is.EqualTo("perimeter_unknown")
            );
            Assert.That(
                (await Refused(() => host.Send(p.Agency, Sources(Perimeter.Territory)))).Status,
                Is.EqualTo(403),
                "an agency reads figures only"
            );
            Assert.That(
                (await Refused(() => host.Send(p.Agency, new SetTarget.Command(Indicator.Redirected, 1, today)))).Status,
                Is.EqualTo(403)
            );
            Assert.That((await Refused(() => host.Send(p.Regulator, query with { To = today.AddDays(400) }))).Status, Is.EqualTo(400));
        });
    }

    [Test]
    public async Task D50_A_target_holds_from_its_day_and_is_ones_own_organisation_s()
    {
        var p = New();
        await host.Send(
            p.Coordinator,
            new SetTarget.Command(Indicator.Redirected, 1000, today.AddDays(-60), 250, new(2023, 9, 1), "Feuille de route")
        );
        await host.Send(p.Coordinator, new SetTarget.Command(Indicator.Redirected, 2000, today));
        var before = (await host.Send(p.Coordinator, new ShowIndicators.Query(Perimeter.Territory, today.AddDays(-30), today.AddDays(-1))))
            .Figures[0]
            .Target;
        Assert.That((before!.Value, before.Reference, before.Source), Is.EqualTo((1000.0, (double?)250.0, "Feuille de route")));
        Assert.That((await Territory(p.Coordinator))[Indicator.Redirected].Target!.Value, Is.EqualTo(2000));
        Assert.That((await Territory(New().Coordinator))[Indicator.Redirected].Target, Is.Null);
        Assert.That(
            (await host.Send(p.Coordinator, new ListTargets.Query(Indicator.Redirected))).Select(t => t.Value),
            Is.EqualTo(new[] { 2000.0, 1000.0 })
        );
        Assert.That(
            (await Refused(() => host.Send(p.Coordinator, new SetTarget.Command(Indicator.NoShow, 5, today)))).Status,
            Is.EqualTo(400),
            "a share is at most 1"
        );
    }

    [Test]
    public async Task Sources_are_paged_and_add_up()
    {
        var p = New();
        await Tell([.. Enumerable.Range(0, 35).Select(_ => Booked(p, Guid.CreateVersion7()))]);
        var first = await host.Send(p.Regulator, Sources(Perimeter.Own));
        var second = await host.Send(p.Regulator, Sources(Perimeter.Own) with { Skip = 30 });
        Assert.That((first.Sources.Count, first.More, second.Sources.Count, second.More), Is.EqualTo((30, true, 5, false)));
        Assert.That(first.Sources.Concat(second.Sources).Select(s => s.Id).Distinct().Count(), Is.EqualTo(35));
    }

    [TestCase(Perimeter.Own, "organisation_id")]
    [TestCase(Perimeter.Territory, "commune")]
    public async Task A_question_reads_one_range_of_an_index(Perimeter perimeter, string column)
    {
        var sql = await host.With<DashboardsDb, string>(db =>
            Task.FromResult(
                db.Bookings.In(perimeter, new Somebody(), today, today)
                    .GroupBy(v => v.Day!.Value)
                    .Select(g => new { g.Key, Count = g.Count() })
                    .ToQueryString()
            )
        );
        if (engine == Engine.SqlServer)
            Assert.Ignore("The plans of SQLite and PostgreSQL are read; SQL Server shows its own in another way.");
        var sqlite = engine == Engine.Sqlite;
        var plan = await host.With<DashboardsDb, List<string>>(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Entity Framework's own statement
            // With so few rows PostgreSQL would rather read them all.
            command.CommandText = sqlite ? "EXPLAIN QUERY PLAN " + Inlined(sql) : "SET enable_seqscan = off; EXPLAIN " + Inlined(sql);
#pragma warning restore CA2100
            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            do
            {
                while (await reader.ReadAsync())
                    lines.Add(reader.GetString(sqlite ? 3 : 0));
            } while (await reader.NextResultAsync());
            return lines;
        });
        Assert.That(plan, Has.Some.Contains($"ix_dashboards_booking_fact_{column}_day"), string.Join('\n', plan));
    }

    /// <summary>A statement of <c>ToQueryString</c> begins with its parameters, as comments (PostgreSQL) or settings of a shell (SQLite): they become literals.</summary>
    private static string Inlined(string sql)
    {
        var lines = sql.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        var values = lines
            .Select(l => System.Text.RegularExpressions.Regex.Match(l, @"^(?:\.param set |-- )(@\w+)(?:=| )'?(.*?)'?(?: \(.*)?$"))
            .Where(m => m.Success)
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value.Trim('\''));
        var statement = string.Join(
            ' ',
            lines.Where(l => !l.StartsWith("--", StringComparison.Ordinal) && !l.StartsWith(".param", StringComparison.Ordinal))
        );
        return System.Text.RegularExpressions.Regex.Replace(statement, @"@\w+", m => values.GetValueOrDefault(m.Value) switch
            {
                null => "NULL",
                "True" or "False" => values[m.Value],
                ['{', .. var list, '}'] => $"ARRAY[{list}]::text[]",
                var value => $"'{value}'",
            });
    }

    private sealed class Somebody : ICurrentUser
    {
        public Guid Id { get; } = Guid.CreateVersion7();
        public Guid OrganisationId { get; } = Guid.CreateVersion7();
        public Guid SessionId => Id;
        public UserRights Rights { get; } = UserRights.None with { Communes = System.Collections.Frozen.FrozenSet.ToFrozenSet(["57463"]) };
        public string Means => "test";
        public Guid? OnBehalfOf => null;
        public bool IsSystem => false;
        public string CorrelationId => "test";
        public string? Address => null;
    }

    private IIntegrationEvent Booked(Area p, Guid booking, Guid? orientation = null) =>
        new SlotBooked(
            Guid.CreateVersion7(),
            booking,
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            p.Organisation,
            "57",
            now,
            0,
            Mode.Cabinet,
            orientation,
            p.Commune
        );

    private static IIntegrationEvent Cancelled(Area p, Guid booking) =>
        new BookingCancelled(Guid.CreateVersion7(), booking, Guid.CreateVersion7(), Guid.CreateVersion7(), p.Organisation, "57", 1);

    private static IIntegrationEvent Outcome(Area p, Guid booking, string outcome, DateTimeOffset at) =>
        new OutcomeRecorded(
            Guid.CreateVersion7(),
            booking,
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            p.Organisation,
            "57",
            outcome,
            null,
            at
        );

    private IIntegrationEvent Oriented(Area p, Guid booking, Guid orientation, int hours) =>
        new OrientationBooked(
            orientation,
            p.Organisation,
            "57",
            CareKind.GeneralMedicine,
            booking,
            Guid.CreateVersion7(),
            now,
            now.AddHours(-hours),
            now.AddMinutes(1),
            false,
            false,
            null,
            false,
            p.Commune
        );

    private static double? Part(Figure figure, string key) => figure.Parts.Single(p => p.Key == key).Measure.Value;

    private async Task<Dictionary<Indicator, Figure>> Own(Area p) =>
        (await host.Send(p.Regulator, new ShowIndicators.Query(Perimeter.Own, today.AddDays(-20), today.AddDays(1)))).Figures.ToDictionary(
            f => f.Indicator
        );

    private async Task<Dictionary<Indicator, Figure>> Territory(TestUser who) =>
        (await host.Send(who, new ShowIndicators.Query(Perimeter.Territory, today.AddDays(-20), today.AddDays(1)))).Figures.ToDictionary(
            f => f.Indicator
        );

    private ListSources.Query Sources(Perimeter perimeter) => new(perimeter, Indicator.Redirected, today.AddDays(-20), today.AddDays(1));

    /// <summary>Publishes in this order, under one key, and waits until all were taken in.</summary>
    private async Task Tell(params IIntegrationEvent[] events)
    {
        var key = Guid.CreateVersion7();
        await host.With<DashboardsDb, int>(async db =>
        {
            foreach (var e in events)
                db.Publish(e, key);
            return await db.SaveChangesAsync();
        });
        await Eventually(
            () => host.With<DashboardsDb, bool>(async db => !await db.Outbox.AnyAsync(o => o.Key == key)),
            Soon,
            "all to be taken in"
        );
    }
}
