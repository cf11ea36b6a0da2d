using Microsoft.AspNetCore.SignalR;

namespace Parceo.Platform.Nodes;

/// <summary>What leaves to one connection. Never waits: what cannot leave at once is counted, and too slow a reader is cut (S50).</summary>
public sealed class HubOutlet(HubConnectionContext connection)
{
    /// <summary>Messages that wait because their reader does not read: some seconds of a busy room.</summary>
    private const int MostWaiting = 500;
    private int waiting;

    /// <summary>The connection's id.</summary>
    public string Id => connection.ConnectionId;
    internal string? UserId => connection.UserIdentifier;
    internal HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Sends, or cuts.</summary>
    public void Send(SerializedHubMessage message)
    {
        var written = connection.WriteAsync(message);
        if (written.IsCompletedSuccessfully)
            return;
        if (Interlocked.Increment(ref waiting) > MostWaiting)
            connection.Abort();
        _ = Settle(written);
    }

    private async Task Settle(ValueTask written)
    {
        try
        {
            await written;
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException)
        { /* it is gone */
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
