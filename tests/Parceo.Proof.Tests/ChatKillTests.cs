using System.Collections.Concurrent;
using System.Globalization;
using NUnit.Framework;
using Parceo.Messaging.Client;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// S54, S58: people write while the host is killed and the network is cut every three seconds. Judged from the clients'
/// own histories by <see cref="ChatChecker"/>: nothing acknowledged is lost, nothing shown twice, one order for all,
/// nothing to who left. <c>PARCEO_CHAT_FULL=1</c>: 20 conversations × 10 clients, 20 kills, 11 500 messages to write, of which
/// 10 000 and more are acknowledged: who is removed writes no more.
/// </summary>
[TestFixtureSource(typeof(EveryEngine)), Category("Long"), NonParallelizable]
internal sealed class ChatKillTests(Engine engine)
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("PARCEO_CHAT_FULL") == "1";
    private static readonly (int Conversations, int Clients, int Messages, int Kills) Size = Full ? (20, 10, 11_500, 20) : (5, 4, 600, 2);
    private static readonly TimeSpan Cuts = TimeSpan.FromSeconds(3),
        Patience = TimeSpan.FromSeconds(Full ? 900 : 240);

    [Test, CancelAfter(1_500_000)]
    public async Task S54_Killed_and_cut_no_acknowledged_message_is_lost_or_shown_twice_and_all_see_one_order(CancellationToken ct)
    {
        await using var database = TestDatabase.Create(engine);
        var rooms = await Prepare(database);
        var port = FreePort.Take();
        var host = await HostProcess.Start(database, port: port);
        await using var proxy = new CuttingProxy(port, Cuts);
        try
        {
            await Judge(
                rooms,
                proxy,
                () => host,
                async () =>
                {
                    await host.Kill();
                    await host.DisposeAsync();
                    host = await HostProcess.Start(database, port: port);
                },
                ct
            );
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private async Task Judge(List<Room> rooms, CuttingProxy proxy, Func<HostProcess> host, Func<Task> killAndStart, CancellationToken ct)
    {
        var clients = rooms
            .SelectMany(r => r.People.Select(p => (Room: r.Conversation, Person: p, Client: new ChatClient(proxy.Url, p.Token))))
            .ToList();
        foreach (var c in clients)
            c.Client.Follow(c.Room);

        var acknowledged = new ConcurrentBag<Acknowledged>();
        var writing = clients.Select(c => Write(c.Room, c.Person, c.Client, Size.Messages / clients.Count, acknowledged, ct)).ToList();
        var leaving = rooms.Select(r => Remove(host().Url, r, ct)).ToList();
        for (var kill = 0; kill < Size.Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), ct);
            await killAndStart();
        }
        try
        {
            await Task.WhenAll(writing).WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            Assert.Fail(
                $"After {proxy.Cuts} cuts {acknowledged.Count} of {Size.Messages} are acknowledged, {writing.Count(w => !w.IsCompleted)} still write; {string.Join(" | ", clients.Select(c => c.Client.LastFailure?[..Math.Min(1500, c.Client.LastFailure.Length)]).Distinct().Take(3))}; host: {host().Output[Math.Max(0, host().Output.Length - 3000)..]}"
            );
        }
        await Task.WhenAll(leaving).WaitAsync(Patience, ct);
        await Expect.Eventually(
            () =>
                Task.FromResult(
                    clients
                        .Where(c => !c.Person.Leaves)
                        .GroupBy(c => c.Room)
                        .All(room => room.Select(c => c.Client.History(c.Room) is [.., var last] ? last.Seq : 0).Distinct().Count() == 1)
                ),
            TimeSpan.FromSeconds(60),
            "everybody to have everything"
        );

        var histories = clients.Select(c => new History(c.Room, c.Person.Id, c.Client.History(c.Room), c.Client.Pushed(c.Room))).ToList();
        var gaps = clients.SelectMany(c => c.Client.Gaps).Order().ToList();
        TestContext.Out.WriteLine(
            $"{engine}: {acknowledged.Count} acknowledged, {proxy.Cuts} cuts, {Size.Kills} kills, {gaps.Count} reconnections; gaps closed p50 {At(gaps, 0.5):0} ms, p99 {At(gaps, 0.99):0} ms"
        );
        foreach (var c in clients)
            await c.Client.DisposeAsync();
        Assert.That(ChatChecker.Faults(histories, acknowledged), Is.Empty);
        Assert.That(acknowledged, Has.Count.GreaterThan(Size.Messages / 2), "people did write");
    }

    private sealed record Room(Guid Conversation, IReadOnlyList<Person> People, World.Caller Owner);

    /// <param name="Leaves">Is removed in the middle.</param>
    private sealed record Person(Guid Id, string Token, bool Leaves);

    private async Task<List<Room>> Prepare(TestDatabase database)
    {
        await using var host = await ParceoHost.Start(engine, on: database);
        var rooms = new List<Room>();
        var community = await host.Organisation($"CPTS {Guid.CreateVersion7():n}");
        for (var r = 0; r < Size.Conversations; r++)
        {
            var people = new List<World.Caller>();
            for (var p = 0; p < Size.Clients; p++)
                people.Add(await host.Member(community, $"Writer {r} {p}", [Roles.Professional]));
            using var owner = new Api(host.Url, people[0].Token);
            var others = string.Join(',', people.Skip(1).Select(p => $"\"{p.Id}\""));
            var opened = await owner.Send(
                HttpMethod.Post,
                "/api/messaging/conversations",
                $$"""{"personIds":[{{others}}],"title":"Room {{r.ToString(CultureInfo.InvariantCulture)}}"}"""
            );
            Assert.That(opened.Status, Is.EqualTo(200), opened.Code);
            rooms.Add(
                new Room(
                    opened.Body.GetProperty("id").GetGuid(),
                    [.. people.Select((p, i) => new Person(p.Id, p.Token, i == people.Count - 1))],
                    people[0]
                )
            );
        }
        return rooms;
    }

    private static async Task Write(
        Guid room,
        Person person,
        ChatClient client,
        int count,
        ConcurrentBag<Acknowledged> acknowledged,
        CancellationToken ct
    )
    {
        for (var i = 0; i < count; i++)
        {
            var text = $"{person.Id:n} {i.ToString(CultureInfo.InvariantCulture)}";
            if (await client.Post(room, text, ct) is not { } posted)
                return; // removed
            acknowledged.Add(new(room, person.Id, text, posted.Seq, posted.Id));
            await Task.Delay(Random.Shared.Next(5, Full ? 400 : 120), ct);
        }
    }

    /// <summary>The owner removes the last of the room, whatever the host is doing.</summary>
    private static async Task Remove(string url, Room room, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(4), ct);
        using var owner = new Api(url, room.Owner.Token);
        while (true)
        {
            try
            {
                var answer = await owner.Send(
                    HttpMethod.Delete,
                    $"/api/messaging/conversations/{room.Conversation}/members/{room.People[^1].Id}",
                    ct: ct
                );
                if (answer.Status is 204 or 404 || answer.Code == "not_member")
                    return;
            }
            catch (HttpRequestException)
            { /* the host is away */
            }
            await Task.Delay(200, ct);
        }
    }

    private static double At(List<TimeSpan> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))].TotalMilliseconds;
}
