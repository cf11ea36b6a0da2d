namespace Parceo.Platform;

/// <summary>What a background worker does again and again until the host stops.</summary>
public static class Rounds
{
    /// <summary>
    /// A round at once, then one a period. A failed round is told, and the next one comes. While the host stops nothing is a
    /// failure: drivers report a cancelled call in exceptions of their own (SqlException), and not every
    /// OperationCanceledException is our stopping (a time-out is one too), so only the token says what it was.
    /// </summary>
    public static async Task Every(
        TimeSpan period,
        Func<CancellationToken, Task> round,
        Action<Exception> failed,
        CancellationToken stopping,
        TimeProvider? clock = null
    )
    {
        using var timer = new PeriodicTimer(period, clock ?? TimeProvider.System);
        try
        {
            do
            {
                try
                {
                    await round(stopping);
                }
                catch (Exception e) when (!stopping.IsCancellationRequested)
                {
                    failed(e);
                }
            } while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        { /* stopping */
        }
    }
}
