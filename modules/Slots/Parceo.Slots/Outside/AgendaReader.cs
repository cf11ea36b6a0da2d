using Parceo.Platform;

namespace Parceo.Slots.Outside;

/// <summary>
/// Reads ICS files on threads of its own (S46): never on one that answers a request or delivers events, two at most, below
/// normal priority. Whoever waits stops waiting at <see cref="HardLimit"/>; a thread that should still not have ended keeps its
/// place, so that there are never more of them.
/// </summary>
#pragma warning disable CA1001 // a thread that ends after the host still gives its turn back
internal sealed class AgendaReader
#pragma warning restore CA1001
{
    /// <summary>When the waiting ends, whatever the file does. The reader's own bound comes first.</summary>
    public static readonly TimeSpan HardLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim turns = new(2);

    /// <summary>Reads, as <see cref="IcsBusyTimes.Read"/> does.</summary>
    public Task<IcsReading> Read(byte[] file, string zone, DateTimeOffset now, CancellationToken ct) =>
        Run(stop => IcsBusyTimes.Read(file, zone, now, stop), ct);

    /// <summary>Runs some reading under the limits.</summary>
    /// <exception cref="InvalidException">On <c>address</c>: <c>ics_too_large</c> when it takes too long</exception>
    public async Task<T> Run<T>(Func<CancellationToken, T> read, CancellationToken ct)
    {
        if (!await turns.WaitAsync(LongestQueue, ct))
            throw InvalidException.Of("address", "ics_too_large");
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var asked = stop.Token;
        new Thread(() =>
        {
            try
            {
                done.SetResult(read(asked));
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
            finally
            {
                turns.Release();
            }
        })
        {
            IsBackground = true,
            Name = "ics",
            Priority = ThreadPriority.BelowNormal,
        }.Start();
        try
        {
            return await done.Task.WaitAsync(HardLimit, ct);
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync();
            throw InvalidException.Of("address", "ics_too_large");
        }
    }
}
