using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using MediatR;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Platform.Tests.Probe;
using Parceo.Platform.Tests.Probe.Features;
using Parceo.Platform.Web;
using Parceo.Testing;

namespace Parceo.Platform.Tests;

/// <summary>What a database refuses means the same on every engine: look again, come back later, or a mistake of ours.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class DatabaseFailureTests(Engine engine)
{
    private readonly TestUser nadia = TestUser.Regulator();
    private readonly Meanwhile meanwhile = new();
    private TestDatabase database = null!;
    private ParceoHost host = null!;
    private HttpClient client = null!;

    private Faults Faults => host.Services.GetRequiredService<Faults>();

    [OneTimeSetUp]
    public async Task Start()
    {
        database = TestDatabase.Create(engine, breakable: true);
        host = await ProbeModule.Host(engine, database, services: meanwhile.Watch<ProbeDbSqlite, ProbeDbPostgreSql, ProbeDbSqlServer>);
        client = host.Client();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        client.Dispose();
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [TestCase(true, 0, TestName = "A check that refuses is a mistake of ours, told once")]
    [TestCase(false, 1, TestName = "A foreign key that refuses is a mistake of ours, told once")]
    public async Task A_rule_of_the_schema_that_refuses_is_no_lost_race(bool tallyExists, int size)
    {
        var tally = Guid.CreateVersion7();
        if (tallyExists)
            await host.Send(nadia, new CountUp.Command(tally));
        var before = Faults.Runs;
        using var answer = await client.PostAsJsonAsync("/api/probe/parts", new AddPart.Command(Guid.CreateVersion7(), tally, size));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
            Assert.That(body, Does.Contain("\"unexpected\"").And.Contain("traceId"));
            Assert.That(Faults.Runs - before, Is.EqualTo(1), "a second look makes nothing right");
        });
    }

    [Test]
    public async Task A_unique_key_that_refuses_is_a_lost_race()
    {
        var (tally, part) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Send(nadia, new CountUp.Command(tally));
        await host.Send(nadia, new AddPart.Command(part, tally, 1));
        var before = Faults.Runs;
        using var answer = await client.PostAsJsonAsync("/api/probe/parts", new AddPart.Command(part, tally, 1));
        Assert.That((answer.StatusCode, Faults.Runs - before), Is.EqualTo((HttpStatusCode.Conflict, 41)));
    }

    [Test]
    public async Task A_deadlock_before_the_save_is_looked_at_again()
    {
        var id = Guid.CreateVersion7();
        var before = Faults.Runs;
        var met = meanwhile.After(1, "tally", () => throw Deadlock());
        var answer = await host.Send(nadia, new CountUp.Command(id));
        Assert.That((met(), Faults.Runs - before, answer.Value), Is.EqualTo((true, 2, 1)));
    }

    [Test]
    public async Task S65_While_the_database_is_away_every_program_hears_to_come_back_later()
    {
        var part = new AddPart.Command(Guid.CreateVersion7(), Guid.CreateVersion7(), 1);
        await using (await database.Outage())
        {
            using var answer = await client.PostAsJsonAsync("/api/probe/parts", part);
            Assert.Multiple(() =>
            {
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
                Assert.That(answer.Headers.RetryAfter?.Delta, Is.Not.Null);
            });
            using var ready = await client.GetAsync("/health/ready");
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }
        using var after = await client.PostAsJsonAsync("/api/probe/parts", part);
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError), "its tally is still missing");
    }

    [Test]
    public async Task S65_While_somebody_else_holds_the_database_every_program_hears_to_come_back_later()
    {
        if (engine != Engine.Sqlite)
            Assert.Ignore("Only SQLite is held as a whole.");
        await using var whole = TestDatabase.Create(engine);
        await using var held = await ProbeModule.Host(
            engine,
            whole,
            settings: new Dictionary<string, string?> { ["Database:ConnectionString"] = $"{whole.ConnectionString};Default Timeout=1" }
        );
        using var caller = held.Client();
        await using var other = new SqliteConnection(held.Database.ConnectionString);
        await other.OpenAsync();
        await using (other.BeginTransaction(deferred: false))
        {
            using var answer = await caller.PostAsJsonAsync(
                "/api/probe/parts",
                new AddPart.Command(Guid.CreateVersion7(), Guid.CreateVersion7(), 1)
            );
            Assert.That(
                (answer.StatusCode, answer.Headers.RetryAfter?.Delta is not null),
                Is.EqualTo((HttpStatusCode.ServiceUnavailable, true))
            );
        }
    }

    [Test]
    public void Whoever_gave_up_is_not_told_of_a_failure()
    {
        // As SqlClient says it: not by an OperationCanceledException.
        using var gaveUp = new CancellationTokenSource();
        var met = meanwhile.After(1, "tally", async () =>
        {
            await gaveUp.CancelAsync();
            throw SqlServer(0);
        });
        Assert.That(() => Send(new CountUp.Command(Guid.CreateVersion7()), gaveUp.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(met(), Is.True);
    }

    public static IEnumerable<TestCaseData> Meanings()
    {
        (string Name, Exception Cause, string Means)[] cases =
        [
            ("PostgreSQL unique", Postgres("23505"), "race"),
            ("PostgreSQL serialization", Postgres("40001"), "race"),
            ("PostgreSQL deadlock", Postgres("40P01"), "race"),
            ("PostgreSQL check", Postgres("23514"), "mistake"),
            ("PostgreSQL foreign key", Postgres("23503"), "mistake"),
            ("PostgreSQL not null", Postgres("23502"), "mistake"),
            ("PostgreSQL too many connections", Postgres("53300"), "away"),
            ("PostgreSQL stopped by its administrator", Postgres("57P01"), "away"),
            ("PostgreSQL starting", Postgres("57P03"), "away"),
            ("PostgreSQL not accepting connections", Postgres("55000"), "away"),
            ("PostgreSQL unreachable", new NpgsqlException("", new System.Net.Sockets.SocketException(111)), "away"),
            ("SQLite unique", Lite(19, 2067), "race"),
            ("SQLite primary key", Lite(19, 1555), "race"),
            ("SQLite overtaken snapshot", Lite(5, 517), "race"),
            ("SQLite check", Lite(19, 275), "mistake"),
            ("SQLite foreign key", Lite(19, 787), "mistake"),
            ("SQLite trigger", Lite(19, 1811), "mistake"),
            ("SQLite busy", Lite(5, 5), "away"),
            ("SQLite locked", Lite(6, 6), "away"),
            ("SQLite full", Lite(13, 13), "away"),
            ("SQL Server unique index", SqlServer(2601), "race"),
            ("SQL Server primary key", SqlServer(2627), "race"),
            ("SQL Server deadlock", SqlServer(1205), "race"),
            ("SQL Server overtaken snapshot", SqlServer(3960), "race"),
            ("SQL Server check or foreign key", SqlServer(547), "mistake"),
            ("SQL Server not null", SqlServer(515), "mistake"),
            ("SQL Server timeout", SqlServer(-2), "away"),
            ("SQL Server lock timeout", SqlServer(1222), "away"),
            ("SQL Server cannot open the database", SqlServer(4060), "away"),
            ("SQL Server unreachable", SqlServer(10061), "away"),
            ("SQL Server lost its connection", SqlServer(42, severity: 20), "away"),
        ];
        return cases.Select(c => new TestCaseData(c.Cause, c.Means).SetArgDisplayNames(c.Name, c.Means));
    }

    [TestCaseSource(nameof(Meanings))]
    public void However_deep_it_lies_it_means(Exception cause, string means)
    {
        // As EF throws it: bare from a read, wrapped once by a save, twice where it takes it for transient.
        Exception[] thrown =
        [
            cause,
            new DbUpdateException("save", cause),
            new InvalidOperationException("transient", new DbUpdateException("save", cause)),
        ];
        Assert.Multiple(() =>
        {
            Assert.That(thrown.Select(DatabaseFailures.IsLostRace), Is.All.EqualTo(means == "race"));
            if (means != "race")
                Assert.That(thrown.Select(e => ErrorAnswers.Of(e).Status), Is.All.EqualTo(means == "away" ? 503 : 500));
        });
    }

    private async Task<T> Send<T>(IRequest<T> request, CancellationToken ct)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, ct);
    }

    private DbException Deadlock() =>
        engine switch
        {
            Engine.Sqlite => Lite(5, 517),
            Engine.PostgreSql => Postgres("40P01"),
            _ => SqlServer(1205),
        };

    private static PostgresException Postgres(string state) => new("", "ERROR", "ERROR", state);

    private static SqliteException Lite(int code, int extended) => new("", code, extended);

    /// <summary>SqlClient lets nobody else make its exception.</summary>
    private static SqlException SqlServer(int number, byte severity = 14)
    {
        const BindingFlags inside = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
        var make = typeof(SqlError).GetConstructors(inside).OrderBy(c => c.GetParameters().Length).First();
        var arguments = make.GetParameters()
            .Select(p =>
                p.Name switch
                {
                    "infoNumber" => number,
                    "errorClass" => severity,
                    _ when p.ParameterType == typeof(string) => "",
                    _ when p.ParameterType.IsValueType => Activator.CreateInstance(p.ParameterType),
                    _ => null,
                }
            )
            .ToArray();
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", inside)!.Invoke(errors, [make.Invoke(arguments)]);
        return (SqlException)
            typeof(SqlException)
                .GetMethod("CreateException", inside, [typeof(SqlErrorCollection), typeof(string)])!
                .Invoke(null, [errors, ""])!;
    }
}
