namespace Parceo.Testing;

/// <summary>The host's clock in tests: real time plus what the test adds. Timers run in real time.</summary>
public sealed class TestClock : TimeProvider
{
    private long offsetTicks,
        stoppedAt;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        var (stopped, offset) = (Interlocked.Read(ref stoppedAt), Interlocked.Read(ref offsetTicks));
        if (stopped == 0)
            return System.GetUtcNow() + TimeSpan.FromTicks(offset);
        // What every engine keeps as it is: a part of a microsecond that is rounded away never passes here, and what is due now would never be.
        var at = stopped + offset;
        return new(at - (at % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    /// <summary>It is so late now; earlier than before is no use.</summary>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    /// <summary>Time passes no more by itself: however long the test takes, nothing becomes due meanwhile.</summary>
    public void Stop() => Interlocked.Exchange(ref stoppedAt, System.GetUtcNow().UtcTicks);

    /// <summary>Time passes by itself again, from when it was stopped.</summary>
    public void Resume()
    {
        var at = Interlocked.Exchange(ref stoppedAt, 0);
        if (at > 0)
            Interlocked.Add(ref offsetTicks, at - System.GetUtcNow().UtcTicks);
    }

    /// <summary>Lets time pass at once.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref offsetTicks, by.Ticks);
}
