using System.Diagnostics;
using NUnit.Framework;
using Parceo.Platform;

namespace Parceo.Testing;

/// <summary>What tests say often.</summary>
public static class Expect
{
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

    /// <summary>Waits for an outcome by looking again until a deadline, never by a fixed pause.</summary>
    public static async Task Eventually(Func<Task<bool>> holds, TimeSpan within, string what = "the outcome")
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > within) throw new AssertionException($"Waited {within.TotalSeconds:0.#} s for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
