using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform;
using Parceo.Platform.Nodes;

namespace Parceo.Messaging.Hubs;

/// <summary>
/// What other nodes stored reaches this one's pages: by a hint at once, and by a look at the database every few seconds,
/// which is all there is while Redis is down (S51).
/// </summary>
internal sealed class OtherNodes(NodeHints nodes, Rooms rooms, MessagingConnections connections, Presence presence, TimeProvider clock, ILogger<OtherNodes> log) : BackgroundService
{
    public const string Said = "messaging.said", Typing = "messaging.typing";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2), Overlap = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!nodes.HasOthers) return;
        nodes.Listen(Rooms.Topic, hint => rooms.CatchUp(hint[0].GetGuid(), tellOthers: false, stoppingToken), Live);
        nodes.Listen(Presence.Topic, hint => { presence.Heard(hint[0].GetGuid(), hint[1].GetBoolean()); return Task.CompletedTask; }, live => { if (live) presence.SayAgain(); else presence.Deaf(); return Task.CompletedTask; });
        nodes.Listen(Typing, hint => { rooms.Tell(hint[0].GetGuid(), hint[1].GetGuid(), "typing", hint[0].GetGuid(), hint[1].GetGuid()); return Task.CompletedTask; }, _ => Task.CompletedTask);
        nodes.Listen(Said, hint => { connections.Send(hint[0].EnumerateArray().Select(p => p.GetGuid()), hint[1].GetString()!, [.. hint.Skip(2).Select(a => (object?)a)]); return Task.CompletedTask; }, _ => Task.CompletedTask);
        var since = clock.GetUtcNow();
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = clock.GetUtcNow();
                try
                {
                    await rooms.Look(since - Overlap, stoppingToken);
                    since = now;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogWarning("Conversations of other nodes could not be looked at: {Failure}", e.GetType().Name); // the next look covers the same time
                }
            }
        }
        catch (OperationCanceledException) { /* stopping */ }
    }

    private Task Live(bool whole)
    {
        var message = MessagingConnections.Message("live", whole);
        foreach (var connection in connections.All) connection.Send(message);
        return Task.CompletedTask;
    }
}
