using System.Collections.Concurrent;

namespace Parceo.Platform.Events;

/// <summary>Wakes the pump after a save; it looks by itself every two seconds in any case.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(0, 1);
    private readonly ConcurrentDictionary<string, bool> published = new(StringComparer.Ordinal);
    private volatile bool everything;

    /// <summary>Something may be due anywhere.</summary>
    public void Wake()
    {
        everything = true;
        Release();
    }

    /// <summary>This module published something.</summary>
    public void Wake(string module)
    {
        published[module] = true;
        Release();
    }

    /// <inheritdoc/>
    public void Dispose() => semaphore.Dispose();

    internal void Release()
    {
        try
        {
            semaphore.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        { /* it is awake already, or the host is gone */
        }
    }

    internal Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => semaphore.WaitAsync(atMost, ct);

    /// <summary>Whom to look at: null for all.</summary>
    internal IReadOnlyCollection<string>? Take()
    {
        var woken = published.Keys.Where(m => published.TryRemove(m, out _)).ToList();
        if (!everything)
            return woken;
        everything = false;
        return null;
    }
}
