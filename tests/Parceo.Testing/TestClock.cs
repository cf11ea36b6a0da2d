namespace Parceo.Testing;

/// <summary>The host's clock in tests: real time plus what the test adds. Timers run in real time.</summary>
public sealed class TestClock : TimeProvider
{
    private long offsetTicks, stoppedAt;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        (Interlocked.Read(ref stoppedAt) is > 0 and var at ? new DateTimeOffset(at, TimeSpan.Zero) : System.GetUtcNow()) + TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    /// <summary>It is so late now; earlier than before is no use.</summary>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    /// <summary>Time passes no more by itself: however long the test takes, nothing becomes due meanwhile.</summary>
    public void Stop() => Interlocked.Exchange(ref stoppedAt, System.GetUtcNow().UtcTicks);

    /// <summary>Lets time pass at once.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref offsetTicks, by.Ticks);
}
