using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Access.Data;
using Parceo.Access.Features;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// Two host processes with data folders of their own on one PostgreSQL, and a Redis that is killed: what one node does is
/// seen on the other, live while Redis is there and by looking again while it is not (S9, S51, S59).
/// </summary>
[TestFixture, Category("Long"), NonParallelizable]
internal sealed partial class NodeTests
{
    /// <summary>
    /// What a node says because the machine is busy, and not of how it starts: a thread or Redis that was late by seconds, and the
    /// lock of a job that the other node held for ten (it is registered a moment later: StartTests).
    /// </summary>
    private static readonly string[] OfABusyMachine =
    [
        "the heartbeat has been running for",
        "Redis does not answer",
        "Redis is silent",
        "could not be set yet: PostgreSqlDistributedLockException",
    ];
    private static readonly string[] KeyNames = ["Data", "KeyRing", "Audit", "oidc-signing", "oidc-encryption", "Push"];
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30),
        RedisPatience = TimeSpan.FromSeconds(2),
        Revocation = TimeSpan.FromSeconds(60);
    private readonly List<HostProcess> nodes = [];
    private TestDatabase database = null!,
        second = null!;
    private RedisServer redis = null!;
    private Dictionary<string, string> settings = [];
    private WaveWorld world = null!;
    private World.Caller leaver = null!;
    private Page leaverPage = null!;
    private long leftAt;
    private IReadOnlyList<string> firstWords = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        if (!Engines.IsConfigured(Engine.PostgreSql))
            Assert.Ignore("PostgreSql is not in PARCEO_TEST_DATABASES.");
        redis = await RedisServer.Create();
        database = TestDatabase.Create(Engine.PostgreSql);
        second = TestDatabase.Create(Engine.Sqlite); // its folder: another machine's
        settings = KeyNames.ToDictionary(name => $"Keys__{name}", _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        settings["Redis__ConnectionString"] = redis.Address;
        nodes.AddRange(await Task.WhenAll(Node(0), Node(1))); // at once, on an empty server
        firstWords = [.. nodes.Select(n => n.Output)];
        await using var host = await ParceoHost.Start(
            Engine.PostgreSql,
            on: database,
            settings: settings.ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value)
        );
        world = await WaveWorld.Create(host, 3);
        await Meet(host);
        leaver = await host.Member(await host.Organisation("MSP"), "Leaver", [Roles.Effector], Guid.CreateVersion7());
        // Known to node 1 and listening there when its account is closed elsewhere; looked at by the last of these tests to run.
        leaverPage = await Page.Open(nodes[1], leaver);
        using (var api = new Api(nodes[1].Url, leaver.Token))
            Assert.That((await api.Send(HttpMethod.Get, "/api/regulation/invitations")).Status, Is.EqualTo(200));
        await host.SendAsSystem(
            new DisablePerson.Command(
                await host.With<AccessDb, string>(db => db.People.Where(p => p.Id == leaver.Id).Select(p => p.Email!).SingleAsync()),
                Enable: false
            )
        );
        leftAt = Stopwatch.GetTimestamp();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (leaverPage is not null)
            await leaverPage.DisposeAsync();
        foreach (var node in nodes)
            await node.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        if (second is not null)
            await second.DisposeAsync();
        if (redis is not null)
            await redis.DisposeAsync();
    }

    private Task<HostProcess> Node(int number, int? port = null) =>
        HostProcess.Start(
            database,
            port: port,
            settings: number == 0 ? settings : new Dictionary<string, string>(settings) { ["Parceo__Data"] = second.Folder }
        );

    [Test]
    public async Task S59_Nodes_that_start_at_once_on_an_empty_server_start_without_a_complaint()
    {
        string[] complaints = ["WRN]", "ERR]", "FTL]", "Exception"];
        foreach (var words in firstWords)
            Assert.That(
                words
                    .Split('\n')
                    .Where(l =>
                        complaints.Any(c => l.Contains(c, StringComparison.Ordinal))
                        && !OfABusyMachine.Any(b => l.Contains(b, StringComparison.Ordinal))
                    ),
                Is.Empty
            );
        await using var server = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await server.OpenAsync();
        await using var count = server.CreateCommand();
        count.CommandText = "SELECT count(*) FROM platform.data_protection_key";
        Assert.That(await count.ExecuteScalarAsync(), Is.EqualTo(1L), "one key for the cookies of both");
    }

    [TestCase(0, 1), TestCase(1, 0)]
    public async Task W1_6_A_wave_started_on_one_node_is_accepted_on_the_other_and_both_pages_are_told(int here, int there)
    {
        using var desk = new Api(nodes[here].Url, world.Desk.Token);
        using var effector = new Api(nodes[there].Url, world.Effectors[1].Token);
        await using var deskPage = await Page.Open(nodes[here], world.Desk);
        await using var effectorPage = await Page.Open(nodes[there], world.Effectors[1]);
        await using var otherPage = await Page.Open(nodes[here], world.Effectors[2]);

        var orientation = await world.Open(desk);
        var told = effectorPage.Hears(orientation);
        Assert.That(await WaveWorld.Ask(desk, orientation), Is.EqualTo(3));
        var watch = Stopwatch.StartNew();
        await told;
        TestContext.Out.WriteLine($"asked on {here}, heard on {there} after {watch.ElapsedMilliseconds} ms");
        var (invitation, state) = await WaveWorld.Last(effector);
        Assert.That(state, Is.EqualTo("sent"));

        var (deskTold, otherTold) = (deskPage.Hears(orientation), otherPage.Hears(orientation));
        var accepted = await WaveWorld.Accept(effector, invitation);
        watch.Restart();
        Assert.That(accepted.Status, Is.EqualTo(200), accepted.Code);
        await Task.WhenAll(deskTold, otherTold);
        TestContext.Out.WriteLine($"accepted on {there}, heard on {here} after {watch.ElapsedMilliseconds} ms");
        await Booked(orientation, desk);
    }

    [Test, CancelAfter(120_000)]
    public async Task S51_Redis_killed_nodes_go_on_pages_say_so_and_look_by_themselves_and_all_is_live_again_without_a_restart()
    {
        using var desk = new Api(nodes[0].Url, world.Desk.Token);
        using var effector = new Api(nodes[1].Url, world.Effectors[0].Token);
        await using var deskPage = await Page.Open(nodes[0], world.Desk);
        await using var effectorPage = await Page.Open(nodes[1], world.Effectors[0]);
        // The same professional on both nodes: whichever delivers the event tells its own page at once.
        await using var sameElsewhere = await Page.Open(nodes[0], world.Effectors[0]);
        await redis.Kill();
        try
        {
            await Task.WhenAll(deskPage.Hears(live: false), effectorPage.Hears(live: false), sameElsewhere.Hears(live: false));
            await using (var late = await Page.Open(nodes[1], world.Desk))
                await late.Hears(live: false);

            var took = new List<(string What, TimeSpan Time)>();
            async Task<T> Timed<T>(string what, Func<Task<T>> work)
            {
                var watch = Stopwatch.StartNew();
                var result = await work();
                took.Add((what, watch.Elapsed));
                return result;
            }
            for (var i = 0; i < 3; i++)
            {
                var orientation = await Timed("open", () => world.Open(desk));
                var told = Task.WhenAny(effectorPage.Hears(orientation), sameElsewhere.Hears(orientation));
                Assert.That(await Timed("ask", () => WaveWorld.Ask(desk, orientation)), Is.EqualTo(3));
                await (await told);
                var (invitation, _) = await Timed("list", () => WaveWorld.Last(effector));
                Assert.That((await Timed("accept", () => WaveWorld.Accept(effector, invitation))).Status, Is.EqualTo(200));
                await Booked(orientation, desk); // what the desk's page finds when it looks
            }
            foreach (var node in nodes)
            {
                using var probe = new Api(node.Url, null);
                for (var i = 0; i < 3; i++)
                    Assert.That(
                        (await Timed($"ready {node.Url}", () => probe.Send(HttpMethod.Get, "/health/ready"))).Status,
                        Is.EqualTo(200)
                    );
            }
            // Of each kind the fastest: one that waited for Redis would never be faster than its patience, however fast the machine; the others may wait for a busy one.
            var fastest = took.GroupBy(t => t.What).ToDictionary(t => t.Key, t => t.Min(x => x.Time));
            TestContext.Out.WriteLine(
                $"answers without Redis: {string.Join(", ", fastest.Select(f => $"{f.Key} {f.Value.TotalMilliseconds:0} ms"))}; {took.Max(t => t.Time).TotalMilliseconds:0} ms at most"
            );
            Assert.That(fastest.Values, Is.All.LessThan(RedisPatience), "no answer waits for Redis");

            // A node that starts meanwhile serves, too.
            await nodes[1].Kill();
            await nodes[1].DisposeAsync();
            nodes[1] = await Node(1, new Uri(nodes[1].Url).Port);
            await using var restarted = await Page.Open(nodes[1], world.Effectors[0]);
            await restarted.Hears(live: false);

            await redis.Start();
            var watchBack = Stopwatch.StartNew();
            await Task.WhenAll(deskPage.Hears(live: true), restarted.Hears(live: true));
            TestContext.Out.WriteLine($"live again {watchBack.Elapsed.TotalSeconds:0.0} s after Redis");
        }
        finally
        {
            await redis.Start(); // for the next test, whatever happened here
        }
    }

    [Test, CancelAfter(90_000)]
    public async Task S9_An_account_closed_on_one_node_is_out_on_the_other_within_a_minute()
    {
        using var api = new Api(nodes[0].Url, leaver.Token);
        await leaverPage.Closed.WaitAsync(Revocation);
        await Expect.Eventually(
            async () => (await api.Send(HttpMethod.Get, "/api/regulation/invitations")).Status == 401,
            Revocation,
            "the refusal"
        );
        TestContext.Out.WriteLine($"at most {Stopwatch.GetElapsedTime(leftAt).TotalSeconds:0} s");
    }

    private async Task Booked(Guid orientation, Api desk)
    {
        await Expect.Eventually(async () => await WaveWorld.StateOf(desk, orientation) == "booked", Soon, "the booking");
        await using var server = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await server.OpenAsync();
        await using var count = server.CreateCommand();
        count.CommandText = "SELECT count(*) FROM slots.booking WHERE orientation_id = @o";
        count.Parameters.AddWithValue("o", orientation);
        Assert.That(await count.ExecuteScalarAsync(), Is.EqualTo(1L));
    }

    /// <summary>An open page's connection to the hub of solicitations.</summary>
    private sealed class Page : IAsyncDisposable
    {
        private readonly HubConnection connection;
        private readonly ConcurrentDictionary<Guid, TaskCompletionSource> awaited = new();
        private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool live = true;

        private Page(HubConnection connection)
        {
            this.connection = connection;
            connection.On<Guid>("changed", id =>
            {
                if (awaited.TryRemove(id, out var waiting))
                    waiting.TrySetResult();
            });
            connection.On<bool>("live", whole => live = whole);
            connection.Closed += _ =>
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            };
        }

        public Task Closed => closed.Task;

        public static async Task<Page> Open(HostProcess node, World.Caller who)
        {
            var page = new Page(
                new HubConnectionBuilder()
                    .WithUrl($"{node.Url}/hubs/regulation", o => o.AccessTokenProvider = () => Task.FromResult<string?>(who.Token))
                    .Build()
            );
            await page.connection.StartAsync();
            return page;
        }

        /// <summary>The next signal about a case.</summary>
        public Task Hears(Guid orientation) =>
            awaited.GetOrAdd(orientation, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(Soon);

        public Task Hears(bool live) =>
            Expect.Eventually(() => Task.FromResult(this.live == live), Soon, live ? "being live" : "being told that it is not live");

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
