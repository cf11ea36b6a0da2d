using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform;
using Parceo.Platform.Nodes;

namespace Parceo.Messaging.Hubs;

/// <summary>
/// What other nodes stored reaches this one's pages: by a hint at once, and by a look at the database every few seconds,
/// which is all there is while Redis is down (S51).
/// </summary>
internal sealed class OtherNodes(
    NodeHints nodes,
    Rooms rooms,
    MessagingConnections connections,
    Presence presence,
    TimeProvider clock,
    ILogger<OtherNodes> log
) : BackgroundService
{
    public const string Pushed = "messaging.pushed",
        Typing = "messaging.typing";
    private const int MostWaiting = 10_000;

    // Clocks of two nodes may differ, and jump by five minutes (S61).
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2),
        Overlap = TimeSpan.FromMinutes(6);

    // The listener of all hubs never waits for the database; what finds no place is seen by the next look (S50).
    private readonly Channel<(Guid Conversation, long Seq, int Version)> hints = Channel.CreateBounded<(Guid, long, int)>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }
    );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!nodes.HasOthers)
            return;
        Listen(Rooms.Topic, hint => hints.Writer.TryWrite((hint[0].GetGuid(), hint[1].GetInt64(), hint[2].GetInt32())), Live);
        Listen(
            Presence.Topic,
            hint => presence.Receive([.. hint[0].EnumerateArray().Select(p => p.GetGuid())], hint[1].GetBoolean()),
            live =>
            {
                if (live)
                    presence.Announce();
                else
                    presence.ForgetOtherNodes();
            }
        );
        Listen(Typing, hint => rooms.Tell(hint[0].GetGuid(), hint[1].GetGuid(), "typing", hint[0].GetGuid(), hint[1].GetGuid()));
        Listen(Pushed, hint =>
            connections.Send(
                hint[0].EnumerateArray().Select(p => p.GetGuid()),
                hint[1].GetString()!,
                [.. hint.Skip(2).Select(a => (object?)a)]
            )
        );
        try
        {
            await Task.WhenAll(Follow(stoppingToken), Look(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        { /* stopping */
        }
    }

    private void Listen(string topic, Action<IReadOnlyList<System.Text.Json.JsonElement>> heard, Action<bool>? live = null) =>
        nodes.Listen(
            topic,
            hint =>
            {
                heard(hint);
                return Task.CompletedTask;
            },
            whole =>
            {
                live?.Invoke(whole);
                return Task.CompletedTask;
            }
        );

    /// <summary>Reads what hints tell of; ten of one conversation are one read.</summary>
    private async Task Follow(CancellationToken ct)
    {
        while (await hints.Reader.WaitToReadAsync(ct))
        {
            var told = new HashSet<Guid>();
            while (hints.Reader.TryRead(out var hint))
                if (rooms.Lacks(hint.Conversation, hint.Seq, hint.Version))
                    told.Add(hint.Conversation);
            foreach (var conversation in told)
                await Try(() => rooms.CatchUp(conversation, tellOthers: false, ct), ct);
        }
    }

    private async Task Look(CancellationToken ct)
    {
        var since = clock.GetUtcNow();
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(ct))
        {
            var now = clock.GetUtcNow();
            if (await Try(() => rooms.Look(since - Overlap, ct), ct))
                since = now; // otherwise the next look covers the same time
            presence.Refresh();
        }
    }

    private async Task<bool> Try(Func<Task> look, CancellationToken ct)
    {
        try
        {
            await look();
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Conversations of other nodes could not be looked at: {Failure}", e.GetType().Name);
            return false;
        }
    }

    private void Live(bool whole)
    {
        var message = MessagingConnections.Message("live", whole);
        foreach (var connection in connections.All)
            connection.Send(message);
    }
}
