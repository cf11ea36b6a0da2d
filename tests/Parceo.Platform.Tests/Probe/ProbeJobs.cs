using MediatR;
using Parceo.Platform.Jobs;

namespace Parceo.Platform.Tests.Probe;

/// <summary>What the probe's jobs do, and what was seen of them; one for several hosts.</summary>
public sealed class JobSpy
{
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int quick,
        begun,
        running,
        most,
        slices;

    /// <summary>Runs of the quick job.</summary>
    public int Quick => Volatile.Read(ref quick);

    /// <summary>Runs of slow jobs that began.</summary>
    public int Begun => Volatile.Read(ref begun);

    /// <summary>Slow jobs that hang now.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>Most runs of one slow job at once.</summary>
    public int Most => Volatile.Read(ref most);

    /// <summary>Slices that are left to do.</summary>
    public int SlicesLeft
    {
        get => Volatile.Read(ref slices);
        set => Volatile.Write(ref slices, value);
    }

    /// <summary>Slow jobs end, now and later.</summary>
    public void Release() => released.TrySetResult();

    internal void RunQuick() => Interlocked.Increment(ref quick);

    internal JobProgress RunSlice() => Interlocked.Decrement(ref slices) > 0 ? JobProgress.More : JobProgress.Done;

    internal async Task RunSlow(bool counted, CancellationToken ct)
    {
        Interlocked.Increment(ref begun);
        var now = Interlocked.Increment(ref running);
        if (counted)
            Interlocked.Exchange(ref most, Math.Max(Most, now));
        try
        {
            await released.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException("A driver's own word for a cancelled call.");
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }
}

internal static class QuickJob
{
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(JobSpy spy) : IRequestHandler<Command, Unit>
    {
        public Task<Unit> Handle(Command command, CancellationToken ct)
        {
            spy.RunQuick();
            return Unit.Task;
        }
    }
}

internal static class SlowJob
{
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(JobSpy spy) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await spy.RunSlow(counted: true, ct);
            return Unit.Value;
        }
    }
}

internal static class OtherSlowJob
{
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(JobSpy spy) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await spy.RunSlow(counted: false, ct);
            return Unit.Value;
        }
    }
}

internal static class SlicedJob
{
    [SystemOnly]
    public sealed record Command : IRequest<JobProgress>;

    public sealed class Handler(JobSpy spy) : IRequestHandler<Command, JobProgress>
    {
        public Task<JobProgress> Handle(Command command, CancellationToken ct) => Task.FromResult(spy.RunSlice());
    }
}
