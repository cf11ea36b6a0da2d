using Hangfire;
using Hangfire.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Platform.Jobs;
using Parceo.Platform.Tests.Probe;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Platform.Tests;

/// <summary>Recurring jobs on Hangfire's real storage of each engine.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class JobTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private TestDatabase database = null!;
    private JobSpy spy = null!;

    [SetUp]
    public void Create() => (database, spy) = (TestDatabase.Create(engine), new JobSpy());

    [TearDown]
    public async Task Drop()
    {
        spy.Release();
        await database.DisposeAsync();
    }

    private static HashSet<string> Scheduled(ParceoHost host)
    {
        using var connection = host.Services.GetRequiredService<JobStorage>().GetConnection();
        return connection.GetRecurringJobs().ConvertAll(j => j.Id).ToHashSet();
    }

    private static Task Run(ParceoHost host, string job, CancellationToken ct = default) => host.RunJob(job, ct);

    [Test, Category("Long")]
    public async Task Long_jobs_delay_no_short_one()
    {
        await using var host = await ProbeModule.Host(engine, database, spy: spy, jobs: true);
        await Eventually(() => Task.FromResult(spy.Running == JobsSetup.LongWorkers), Soon, "every long worker to hang");
        var before = spy.Quick;
        await Eventually(() => Task.FromResult(spy.Quick >= before + 2), Soon, "two more runs of a short job");
        Assert.That(spy.Running, Is.EqualTo(JobsSetup.LongWorkers), "they hang still");
        spy.Release();
    }

    [Test]
    public async Task The_schedule_is_what_is_declared_by_stable_names_and_nothing_else()
    {
        await using var host = await ProbeModule.Host(
            engine,
            database,
            spy: spy,
            jobs: true,
            prepared: services =>
                // What a version before declared, under the name of a type that is gone.
                services
                    .GetRequiredService<IRecurringJobManager>()
                    .AddOrUpdate("gone.tidy", () => Console.WriteLine("a type of before"), "0 0 1 1 *", new RecurringJobOptions())
        );
        var declared = host.Services.GetRequiredService<JobCatalog>().All;
        await Eventually(() => Task.FromResult(Scheduled(host).SetEquals(declared.Select(j => j.Name))), Soon, "what is declared");
        using var connection = host.Services.GetRequiredService<JobStorage>().GetConnection();
        foreach (var job in connection.GetRecurringJobs())
        {
            Assert.That(job.LoadException, Is.Null);
            Assert.That((job.Job.Type, job.Job.Args[0]), Is.EqualTo((typeof(JobRunner), job.Id)), "its name, no type of a module");
        }
        spy.Release();
    }

    [Test]
    public async Task A_job_never_runs_twice_at_once_over_nodes()
    {
        await using var first = await ProbeModule.Host(engine, database, spy: spy, settings: SameKeys());
        // Another data folder: two machines. SQLite has one node.
        await using var elsewhere = TestDatabase.Create(Engine.Sqlite);
        await using var second =
            engine == Engine.Sqlite
                ? null
                : await ProbeModule.Host(engine, database, tables: false, spy: spy, settings: SameKeys(elsewhere));
        var running = Run(first, "probe.slow");
        await Eventually(() => Task.FromResult(spy.Running == 1), Soon, "it to run");
        await Run(first, "probe.slow");
        if (second is not null)
            await Run(second, "probe.slow");
        Assert.That((spy.Begun, spy.Most), Is.EqualTo((1, 1)), "whoever comes meanwhile goes away");
        spy.Release();
        await running;
        await Run(second ?? first, "probe.slow");
        Assert.That(spy.Begun, Is.EqualTo(2), "then it is free for every node");
    }

    [Test]
    public async Task S58_The_turn_of_a_node_that_was_killed_is_over_within_a_minute()
    {
        if (engine == Engine.Sqlite)
            Assert.Ignore("SQLite has one node, whose turns end with it.");
        await using var host = await ProbeModule.Host(engine, database, spy: spy);
        spy.Release();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            Assert.That(await db.TakeLease("job:probe.slow", Guid.NewGuid(), host.Clock.GetUtcNow(), JobTurns.Time, default), Is.True);
        }
        await Run(host, "probe.slow");
        Assert.That(spy.Begun, Is.Zero);
        host.Clock.Advance(JobTurns.Time + TimeSpan.FromSeconds(1));
        await Run(host, "probe.slow");
        Assert.That(spy.Begun, Is.EqualTo(1));
    }

    [Test]
    public async Task A_sliced_job_goes_on_until_nothing_is_left()
    {
        await using var host = await ProbeModule.Host(engine, database, spy: spy);
        spy.SlicesLeft = 25;
        await Run(host, "probe.sliced");
        Assert.That(spy.SlicesLeft, Is.Zero);
    }

    [Test]
    public async Task A_job_cut_short_by_a_stop_is_cancelled_whatever_its_driver_says()
    {
        await using var host = await ProbeModule.Host(engine, database, spy: spy);
        using var stop = new CancellationTokenSource();
        var running = Run(host, "probe.slow", stop.Token);
        await Eventually(() => Task.FromResult(spy.Running == 1), Soon, "it to run");
        await stop.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_job_that_this_node_does_not_know_fails_so_that_another_one_may_take_it()
    {
        await using var host = await ProbeModule.Host(engine, database, spy: spy);
        Assert.That(async () => await Run(host, "newer.job"), Throws.InvalidOperationException.With.Message.Contains("newer.job"));
    }

    /// <summary>Two machines of one installation.</summary>
    private static Dictionary<string, string?> SameKeys(TestDatabase? elsewhere = null)
    {
        var settings = new[] { "Data", "KeyRing", "Audit", "oidc-signing", "oidc-encryption", "Push" }.ToDictionary(
            name => $"Keys:{name}",
            name => (string?)Convert.ToBase64String(Enumerable.Repeat((byte)name.Length, 32).ToArray())
        );
        if (elsewhere is not null)
            settings["Parceo:Data"] = elsewhere.Folder;
        return settings;
    }
}

/// <summary>The schedule of the product's own modules.</summary>
internal sealed class ScheduleTests
{
    private IReadOnlyCollection<Parceo.Platform.Jobs.RecurringJob> jobs = [];

    [OneTimeSetUp]
    public async Task Declared()
    {
        await using var host = await ParceoHost.Start(Engine.Sqlite);
        jobs = host.Services.GetRequiredService<JobCatalog>().All;
    }

    [TestCase(JobLane.Quick), TestCase(JobLane.Lengthy)]
    public void No_two_jobs_of_a_lane_begin_at_the_same_moment(JobLane lane)
    {
        var moments = jobs.Where(j => j.Lane == lane)
            .SelectMany(j => Moments(j.Cron).Select(at => (at, j.Name)))
            .ToLookup(m => m.at, m => m.Name);
        Assert.That(moments.Where(m => m.Count() > 1).Select(m => $"{m.Key}: {string.Join(", ", m)}"), Is.Empty);
        Assert.That(moments, Is.Not.Empty);
    }

    [Test]
    public void What_prunes_goes_on_in_slices_until_nothing_is_left()
    {
        var pruning = jobs.Where(j =>
                j.Request.DeclaringType!.Name is var n
                && (n.StartsWith("Prune", StringComparison.Ordinal) || n.StartsWith("Remove", StringComparison.Ordinal))
            )
            .ToList();
        Assert.That(pruning, Has.Count.GreaterThan(4));
        Assert.That(pruning.Where(j => !typeof(IRequest<JobProgress>).IsAssignableFrom(j.Request)), Is.Empty);
    }

    [Test]
    public void What_is_due_within_seconds_is_short_and_what_runs_at_night_is_long()
    {
        foreach (var job in jobs)
            Assert.That(job.Lane, Is.EqualTo(job.Cron.Split(' ').Length == 6 ? JobLane.Quick : JobLane.Lengthy), job.Name);
    }

    /// <summary>The seconds of a day at which it runs.</summary>
    private static IEnumerable<TimeSpan> Moments(string cron)
    {
        var fields = cron.Split(' ');
        if (fields.Length == 5)
            fields = ["0", .. fields];
        return from hour in Field(fields[2], 24)
            from minute in Field(fields[1], 60)
            from second in Field(fields[0], 60)
            select new TimeSpan(hour, minute, second);
    }

    private static IEnumerable<int> Field(string text, int end) =>
        text.Split(',')
            .SelectMany(part =>
            {
                var (range, step) = part.Split('/') is [var r, var s]
                    ? (r, int.Parse(s, System.Globalization.CultureInfo.InvariantCulture))
                    : (part, part.Contains('-') || part == "*" ? 1 : end);
                var (from, to) =
                    range == "*" ? (0, end - 1)
                    : range.Split('-') is [var a, var b]
                        ? (
                            int.Parse(a, System.Globalization.CultureInfo.InvariantCulture),
                            int.Parse(b, System.Globalization.CultureInfo.InvariantCulture)
                        )
                    : (int.Parse(range, System.Globalization.CultureInfo.InvariantCulture), end - 1);
                return Enumerable.Range(from, to - from + 1).Where(i => (i - from) % step == 0);
            });
}

/// <summary>Background workers' rounds.</summary>
internal sealed class RoundsTests
{
    [Test]
    public async Task Only_a_stop_ends_them_and_a_stop_is_never_a_failure()
    {
        using var stop = new CancellationTokenSource();
        var (rounds, failures) = (0, new List<Exception>());
        await Rounds.Every(
            TimeSpan.FromMilliseconds(1),
            async ct =>
            {
                if (++rounds == 1)
                    throw new OperationCanceledException("a time-out of something else");
                await stop.CancelAsync();
                throw new InvalidOperationException("a driver's word for a cancelled call");
            },
            failures.Add,
            stop.Token
        );
        Assert.That((rounds, failures.Count), Is.EqualTo((2, 1)));
        Assert.That(failures[0], Is.InstanceOf<OperationCanceledException>());
    }
}
