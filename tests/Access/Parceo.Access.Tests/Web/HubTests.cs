using System.Net.WebSockets;
using System.Text;
using Parceo.Access.Contracts;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Web;

/// <summary>A connection that only listens ends with the session that opened it, whatever the engine (S9).</summary>
public sealed class HubTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(60);

    [Test, Category("Long")]
    public async Task S9_a_listening_connection_is_cut_within_a_minute_of_its_sessions_end()
    {
        await using var host = await ParceoHost.Start(Engine.Sqlite, demo: true);
        var people = new SignedIn(host);
        using var nadia = await Listen(host, DemoCast.Prat);
        using var viel = await Listen(host, DemoCast.Viel);
        var (nadiaHears, vielHears) = (Closed(nadia), Closed(viel));

        var session = (await people.As(await people.Demo(DemoCast.Prat), new ListSessions.Query())).Sessions.Single(s => !s.IsCurrent).Id;
        await people.As(await people.Demo(DemoCast.Prat), new EndSession.Command(session));
        await nadiaHears.WaitAsync(Promised);
        Assert.That(vielHears.IsCompleted, Is.False, "the others stay connected");

        host.Clock.Advance(Parceo.Access.Domain.Session.Idle + TimeSpan.FromMinutes(1)); // nobody gave a sign of life
        await vielHears.WaitAsync(Promised);
    }

    internal static async Task<ClientWebSocket> Listen(ParceoHost host, CastMember person)
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", person.Id.ToString()));
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", browser.Cookies.Select(c => $"{c.Key}={c.Value}")));
        socket.Options.SetRequestHeader("Origin", host.Url);
        await socket.ConnectAsync(new Uri($"{host.Url.Replace("http", "ws", StringComparison.Ordinal)}/hubs/slots"), default);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"),
            WebSocketMessageType.Text,
            true,
            default
        );
        var answer = new byte[200];
        var read = await socket.ReceiveAsync(answer, default);
        Assert.That(Encoding.UTF8.GetString(answer, 0, read.Count), Does.StartWith("{}\u001e"));
        return socket;
    }

    /// <summary>Ends when the server hangs up.</summary>
    internal static async Task Closed(ClientWebSocket socket)
    {
        var heard = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(heard, default)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (WebSocketException)
        { /* cut without a word */
        }
    }
}
