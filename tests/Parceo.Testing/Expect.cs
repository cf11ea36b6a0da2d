using System.Diagnostics;
using NUnit.Framework;
using Parceo.Platform;

namespace Parceo.Testing;

/// <summary>What tests say often.</summary>
public static class Expect
{
    private const int LeastLooks = 50;

    /// <summary>The request is refused; returns the refusal, to assert its code.</summary>
    public static async Task<RefusalException> Refused(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RefusalException refusal)
        {
            return refusal;
        }
        throw new AssertionException("It was not refused.");
    }

    /// <summary>
    /// Waits for an outcome by looking again until a deadline, never by a fixed pause. On a machine that stands still, or where
    /// each look takes long, time alone says little: it looks some times at least.
    /// </summary>
    public static async Task Eventually(Func<Task<bool>> holds, TimeSpan within, string what = "the outcome")
    {
        var watch = Stopwatch.StartNew();
        for (var looks = 1; !await holds(); looks++)
        {
            if (watch.Elapsed > within && looks > LeastLooks)
                throw new AssertionException($"Waited {within.TotalSeconds:0.#} s for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
