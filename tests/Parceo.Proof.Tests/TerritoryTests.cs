using System.Net.WebSockets;
using System.Text;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>S22 for organisations smaller than a département (CPTS, single-number desks), over HTTP with real tokens. All ranges lie at one point: only their commune tells them apart.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class TerritoryTests(Engine engine)
{
    private const string Metz = "57463",
        Woippy = "57751";
    private ParceoHost host = null!;
    private World.Caller desk = null!,
        sas = null!;

    [SetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        desk = await host.Member(await host.Organisation("CPTS de Metz", "", Metz), "Desk", [Roles.SingleNumberDesk]);
        sas = await host.Member(await host.Organisation("SAS 57"), "Sas", [Roles.Regulator]);
    }

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task S22_Own_communes_are_found_and_booked_and_the_next_one_is_not_there()
    {
        var own = (await host.Ranges(1, capacity: 5, commune: Metz))[0];
        var next = (await host.Ranges(1, capacity: 5, commune: Woippy))[0];
        var unknown = (await host.Ranges(1, capacity: 5))[0];
        using Api mine = new(host.Url, desk.Token),
            whole = new(host.Url, sas.Token);
        foreach (var order in new[] { "", "&order=start", "&order=distance", "&order=random" })
        {
            Assert.That(await Found(mine, order), Is.EqualTo([own]), order);
            Assert.That(await Found(whole, order), Is.EquivalentTo([own, next, unknown]), order);
        }
        foreach (var other in new[] { next, unknown })
        {
            Assert.That((await mine.Send(HttpMethod.Get, $"/api/slots/ranges/{other}")).Status, Is.EqualTo(404));
            Assert.That((await mine.Book(other)).Status, Is.EqualTo(404));
            Assert.That((await mine.Send(HttpMethod.Post, $"/api/slots/ranges/{other}/holds", "")).Status, Is.EqualTo(404));
        }
        Assert.That((await mine.Send(HttpMethod.Get, $"/api/slots/ranges/{own}")).Status, Is.EqualTo(200));
        Assert.That((await mine.Book(own)).Status, Is.EqualTo(201));
        Assert.That(
            Ids(await mine.Send(HttpMethod.Get, $"/api/slots/ranges/{own}/alternatives")),
            Has.No.Member(next).And.No.Member(unknown)
        );
    }

    [Test, CancelAfter(180_000)]
    public async Task S22_Open_pages_hear_of_their_communes_and_not_of_the_next(CancellationToken ct)
    {
        var own = (await host.Ranges(1, capacity: 5, commune: Metz))[0];
        var next = (await host.Ranges(1, capacity: 5, commune: Woippy))[0];
        using ClientWebSocket mine = await Listen(desk.Token, ct),
            whole = await Listen(sas.Token, ct);
        using var api = new Api(host.Url, sas.Token);

        Assert.That((await api.Book(next, ct: ct)).Status, Is.EqualTo(201));
        await HeardUntil(whole, next, ct); // what goes to all groups has gone
        Assert.That((await api.Book(own, ct: ct)).Status, Is.EqualTo(201));
        Assert.That(await HeardUntil(mine, own, ct), Does.Not.Contain(next.ToString()));
    }

    private static async Task<List<Guid>> Found(Api api, string order) =>
        Ids(await api.Send(HttpMethod.Get, $"/api/slots/search?place={Metz}&radiusKm=20{order}"));

    private static List<Guid> Ids(Api.Answer answer) =>
        [.. answer.Body.GetProperty("slots").EnumerateArray().Select(s => s.GetProperty("rangeId").GetGuid())];

    /// <summary>A page's connection, once it is in its groups: the answer to a first call comes after that.</summary>
    private async Task<ClientWebSocket> Listen(string token, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new Uri($"{host.Url.Replace("http", "ws", StringComparison.Ordinal)}/hubs/slots?access_token={token}"),
            ct
        );
        await socket.SendAsync(
            Encoding.UTF8.GetBytes(
                """{"protocol":"json","version":1}"""
                    + '\u001e'
                    + """{"type":1,"invocationId":"first","target":"none","arguments":[]}"""
                    + '\u001e'
            ),
            WebSocketMessageType.Text,
            true,
            ct
        );
        await HeardUntil(socket, "first", ct);
        return socket;
    }

    private static Task<string> HeardUntil(ClientWebSocket socket, Guid range, CancellationToken ct) =>
        HeardUntil(socket, range.ToString(), ct);

    /// <summary>Everything heard until this was.</summary>
    private static async Task<string> HeardUntil(ClientWebSocket socket, string wanted, CancellationToken ct)
    {
        var (heard, buffer) = (new StringBuilder(), new byte[16_384]);
        while (!heard.ToString().Contains(wanted, StringComparison.Ordinal))
        {
            var part = await socket.ReceiveAsync(buffer, ct);
            if (part.MessageType == WebSocketMessageType.Close)
                Assert.Fail($"closed after: {heard}");
            heard.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }
        return heard.ToString();
    }
}
