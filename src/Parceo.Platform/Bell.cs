namespace Parceo.Platform;

/// <summary>Wakes a worker after something was written for it; it looks by itself every few seconds in any case.</summary>
public abstract class Bell : IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);

    /// <summary>Something is due.</summary>
    public void Ring()
    {
        try
        {
            bell.Release();
        }
        catch (SemaphoreFullException)
        { /* it is awake already */
        }
    }

    /// <summary>Waits for it.</summary>
    public Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => bell.WaitAsync(atMost, ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        bell.Dispose();
        GC.SuppressFinalize(this);
    }
}
