namespace Parceo.Platform;

/// <summary>Wakes a worker after something was written for it; it looks by itself every few seconds in any case.</summary>
public abstract class WakeSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>Something is due.</summary>
    public void Wake()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        { /* it is awake already */
        }
    }

    /// <summary>Waits for it.</summary>
    public Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => signal.WaitAsync(atMost, ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        signal.Dispose();
        GC.SuppressFinalize(this);
    }
}
