using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using NUnit.Framework;
using Parceo.Messaging.Client;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>Messaging on the two nodes: what is posted on one is seen on the other, with Redis and without (S24, S51, S54).</summary>
internal sealed partial class NodeTests
{
    /// <summary>
    /// A node looks for what others stored every two seconds. Of messages written one after the other, each as soon as the one
    /// before was seen, none comes by a look before those are nearly over; a push may be held up by a busy machine, but not each.
    /// </summary>
    private static readonly TimeSpan SoonerThanALook = TimeSpan.FromSeconds(1.5);
    private World.Caller anna = null!,
        bruno = null!,
        celia = null!;

    private async Task Meet(ParceoHost host)
    {
        var community = await host.Organisation("CPTS of two nodes");
        anna = await host.Member(community, "Anna", [Roles.Professional]);
        bruno = await host.Member(community, "Bruno", [Roles.Professional]);
        celia = await host.Member(community, "Celia", [Roles.Professional]);
    }

    [TestCase(0, 1), TestCase(1, 0)]
    public async Task S54_What_is_posted_on_one_node_is_seen_on_the_other_at_once(int here, int there)
    {
        var room = await Room(here);
        await using var writer = new ChatClient(nodes[here].Url, anna.Token);
        await using var reader = new Listener(nodes[there].Url, bruno.Token, room);
        writer.Follow(room);
        await reader.Wrote(writer, "the first: pages here learn of the conversation");
        var took = new List<TimeSpan>();
        for (var i = 0; i < 10; i++)
            took.Add(await reader.Wrote(writer, $"message {i}"));
        TestContext.Out.WriteLine(
            $"posted on {here}, seen on {there}: {took.Min().TotalMilliseconds:0} to {took.Max().TotalMilliseconds:0} ms"
        );
        Assert.That(took.Order().ElementAt(took.Count / 4), Is.LessThan(SoonerThanALook), "pushed, not found by looking");
        Assert.That(reader.Client.History(room).Select(e => e.Seq), Is.EqualTo(Enumerable.Range(1, 11)), "no gap, nothing twice");
    }

    [Test]
    public async Task S54_Typing_presence_reading_and_new_conversations_pass_between_nodes()
    {
        var room = await Room(0);
        await using var at0 = await Wire.Open(nodes[0], anna);
        await using var at1 = await Wire.Open(nodes[1], bruno);
        await at0.Say("Watch", room);
        await Expect.Eventually(() => Task.FromResult(at0.Heard("present", room, bruno.Id)), Soon, "seeing who is on the other node");
        await at0.Say("Typing", room);
        await at1.Hears("typing", room, anna.Id);
        await at0.Say(
            "Post",
            new
            {
                conversationId = room,
                clientId = Guid.CreateVersion7(),
                text = "lu ?",
            }
        );
        await at1.Say("Read", room, 1);
        await at0.Hears("read", room, bruno.Id);
        var another = await Room(1);
        await at0.Hears("changed", another);
        await at1.Say(
            "Post",
            new
            {
                conversationId = another,
                clientId = Guid.CreateVersion7(),
                text = "nouvelle",
            }
        );
        await Expect.Eventually(
            () => Task.FromResult(at0.Heard("entry", another) || at0.Heard("hint", another)),
            Soon,
            "what is said in a conversation that began meanwhile"
        );
        await at1.DisposeAsync();
        await Expect.Eventually(
            () => Task.FromResult(at0.Last("present") is { } last && !last.Contains(bruno.Id.ToString(), StringComparison.Ordinal)),
            Soon,
            "seeing that the other went"
        );
    }

    [Test, CancelAfter(120_000)]
    public async Task S51_Redis_killed_a_node_goes_on_the_other_catches_up_by_looking_and_who_left_hears_nothing()
    {
        var room = await Room(0);
        await using var writer = new ChatClient(nodes[0].Url, anna.Token);
        await using var neighbour = new Listener(nodes[0].Url, bruno.Token, room);
        await using var far = new Listener(nodes[1].Url, bruno.Token, room);
        await using var leaves = new Listener(nodes[1].Url, celia.Token, room);
        writer.Follow(room);
        await far.Wrote(writer, "before");
        await redis.Kill();
        try
        {
            await Expect.Eventually(
                () => Task.FromResult(!far.Client.IsLive && !neighbour.Client.IsLive),
                Soon,
                "being told that it is not live"
            );
            await neighbour.Wrote(writer, "without Redis");
            var looked = await far.Saw("without Redis");
            await leaves.Saw("without Redis");
            var near = new List<TimeSpan>();
            for (var i = 0; i < 7; i++)
                near.Add(await neighbour.Wrote(writer, $"next to it {i}"));
            TestContext.Out.WriteLine(
                $"without Redis: on the same node after {near.Min().TotalMilliseconds:0} to {near.Max().TotalMilliseconds:0} ms, on the other after {looked.TotalMilliseconds:0} ms more"
            );
            Assert.That(near.Order().ElementAt(near.Count / 4), Is.LessThan(SoonerThanALook), "its own node pushes");

            using (var owner = new Api(nodes[0].Url, anna.Token))
                Assert.That(
                    (await owner.Send(HttpMethod.Delete, $"/api/messaging/conversations/{room}/members/{celia.Id}")).Status,
                    Is.EqualTo(204)
                );
            for (var i = 0; i < 3; i++)
                await neighbour.Wrote(writer, $"after leaving {i}");
            await far.Saw("after leaving 2");

            await redis.Start();
            await Expect.Eventually(() => Task.FromResult(far.Client.IsLive), Soon, "being live again");
            await far.Wrote(writer, "live again");
            Assert.That(
                far.Client.History(room).Select(e => e.Seq),
                Is.EqualTo(Enumerable.Range(1, far.Client.History(room).Count)),
                "no gap, nothing twice"
            );
            var end = far.Client.History(room).Single(e => e.Kind == "leave").Seq;
            Assert.That(leaves.Client.History(room).Select(e => e.Seq), Is.All.LessThanOrEqualTo(end), "nothing to who left");
        }
        finally
        {
            await redis.Start();
        }
    }

    private async Task<Guid> Room(int node)
    {
        using var owner = new Api(nodes[node].Url, anna.Token);
        var opened = await owner.Send(
            HttpMethod.Post,
            "/api/messaging/conversations",
            $$"""{"personIds":["{{bruno.Id}}","{{celia.Id}}"],"title":"Two nodes"}"""
        );
        Assert.That(opened.Status, Is.EqualTo(200), opened.Code);
        return opened.Body.GetProperty("id").GetGuid();
    }

    /// <summary>Somebody who reads one conversation, and when.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, long> seen = new(StringComparer.Ordinal);
        private readonly Guid room;

        public Listener(string url, string token, Guid room)
        {
            (this.room, Client) = (room, new ChatClient(url, token));
            Client.Heard += e => seen.TryAdd(e.Text ?? e.Kind, Stopwatch.GetTimestamp());
            Client.Follow(room);
        }

        public ChatClient Client { get; }

        /// <summary>From the writing of a message to its arrival here.</summary>
        public async Task<TimeSpan> Wrote(ChatClient writer, string text)
        {
            var begun = Stopwatch.GetTimestamp();
            Assert.That(await writer.Post(room, text, default), Is.Not.Null);
            await Saw(text);
            return Stopwatch.GetElapsedTime(begun, seen[text]);
        }

        public async Task<TimeSpan> Saw(string text)
        {
            var begun = Stopwatch.GetTimestamp();
            await Expect.Eventually(() => Task.FromResult(seen.ContainsKey(text)), Soon, text);
            return Stopwatch.GetElapsedTime(begun, seen[text]) is { Ticks: > 0 } took ? took : TimeSpan.Zero;
        }

        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }

    /// <summary>A connection to the messaging hub that keeps whatever it hears.</summary>
    private sealed class Wire : IAsyncDisposable
    {
        private static readonly (string Method, int Arguments)[] Pushes =
        [
            ("entry", 1),
            ("hint", 2),
            ("read", 3),
            ("typing", 2),
            ("present", 2),
            ("changed", 1),
        ];
        private readonly ConcurrentQueue<(string Method, string What)> heard = new();
        private readonly HubConnection connection;

        private Wire(HubConnection connection)
        {
            this.connection = connection;
            foreach (var (method, arguments) in Pushes)
                connection.On(method, Enumerable.Repeat(typeof(JsonElement), arguments).ToArray(), said =>
                {
                    heard.Enqueue((method, string.Join(' ', said)));
                    return Task.CompletedTask;
                });
        }

        public static async Task<Wire> Open(HostProcess node, World.Caller who)
        {
            var wire = new Wire(
                new HubConnectionBuilder()
                    .WithUrl($"{node.Url}/hubs/messaging", o => o.AccessTokenProvider = () => Task.FromResult<string?>(who.Token))
                    .Build()
            );
            await wire.connection.StartAsync();
            return wire;
        }

        public Task Say(string method, params object?[] arguments) => connection.InvokeCoreAsync(method, arguments);

        public bool Heard(string method, params Guid[] about) =>
            heard.Any(h => h.Method == method && about.All(id => h.What.Contains(id.ToString(), StringComparison.Ordinal)));

        public string? Last(string method) => heard.LastOrDefault(h => h.Method == method).What;

        public Task Hears(string method, params Guid[] about) =>
            Expect.Eventually(() => Task.FromResult(Heard(method, about)), Soon, $"hearing {method}");

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
