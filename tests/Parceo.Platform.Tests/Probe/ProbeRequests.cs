using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Contracts;
using Parceo.Platform.Audit;
using Parceo.Platform.Events;

namespace Parceo.Platform.Tests.Probe;

/// <summary>Adds one to a tally; two at once lose a race and look again.</summary>
internal static class CountUp
{
    [Requires(ProbeModule.Count)]
    public sealed record Command(Guid Id, int By = 1) : IRequest<Response>;

    public sealed record Response(int Value, Guid Stamp);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.By).InclusiveBetween(1, 100).WithMessage("invalid");
    }

    public sealed class Handler(ProbeDb db, IIds ids, Faults faults, AuditNote note) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            faults.Run();
            var tally = await db.Tallies.FindAsync([command.Id], ct);
            if (tally is null)
                db.Tallies.Add(tally = new Tally { Id = command.Id });
            tally.Value += command.By;
            tally.Version++;
            note.About("tally", command.Id);
            return new Response(tally.Value, ids.New());
        }
    }
}

/// <summary>Publishes events, and may fail afterwards.</summary>
internal static class Tick
{
    [Requires(ProbeModule.Count)]
    public sealed record Command(Guid Key, int From, int Count, bool ThenFail = false) : IRequest<Unit>;

    public sealed class Handler(ProbeDb db) : IRequestHandler<Command, Unit>
    {
        public Task<Unit> Handle(Command command, CancellationToken ct)
        {
            for (var i = 0; i < command.Count; i++)
                db.Publish(new Ticked(command.Key, command.From + i), command.Key);
            return command.ThenFail ? throw new ConflictException("concurrent_change") : Task.FromResult(Unit.Value);
        }
    }
}

/// <summary>Never saves: somebody else is always faster.</summary>
internal static class LoseAlways
{
    [Requires(ProbeModule.Count)]
    public sealed record Command(Guid Id) : IRequest<Unit>;

    public sealed class Handler(ProbeDb db, Faults faults) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            faults.Run();
            var tally = await db.Tallies.SingleAsync(t => t.Id == command.Id, ct);
            db.Entry(tally).Property(t => t.Version).OriginalValue = -1;
            tally.Value++;
            db.Publish(new Ticked(command.Id, 1), command.Id);
            return Unit.Value;
        }
    }
}

/// <summary>Needs a second factor.</summary>
internal static class ReadSecrets
{
    [Requires(ProbeModule.Book), Audited]
    public sealed record Query : IRequest<IReadOnlyList<Guid>>;

    public sealed class Handler(ProbeDb db) : IRequestHandler<Query, IReadOnlyList<Guid>>
    {
        public async Task<IReadOnlyList<Guid>> Handle(Query query, CancellationToken ct) =>
            await db.Secrets.Select(s => s.Id).ToListAsync(ct);
    }
}

[EventName("probe.ticked.v1")]
internal sealed record Ticked(Guid Key, int Number) : IIntegrationEvent;

internal sealed class OnTicked(ProbeDb db, Faults faults) : IReaction<Ticked, ProbeDb>
{
    public async Task Handle(Ticked e, CancellationToken ct)
    {
        faults.Calls.Enqueue((e.Key, e.Number));
        if (faults.Losing.TryGetValue(e.Key, out var losses))
        {
            faults.Attempts[e.Key] = await db
                .Deliveries.Where(d => d.Key == e.Key && d.Subscriber == "probe.OnTicked")
                .MaxAsync(d => d.Attempts, ct);
            faults.Losing[e.Key] = losses - 1;
            if (losses > 0)
                throw new ConcurrentChangeException();
        }
        if (faults.Poisoned.ContainsKey(e.Key))
            throw new InvalidOperationException("poisoned");
        db.Taken.Add(new Taken { Key = e.Key, Number = e.Number });
    }
}

internal sealed class TellOfTick(Faults faults) : IEffect<Ticked>
{
    public Task Handle(Ticked e, Guid eventId, CancellationToken ct)
    {
        faults.Effects.Enqueue((e.Key, e.Number));
        return faults.Hanging.TryRemove(e.Key, out var hang) ? hang() : Task.CompletedTask;
    }
}

/// <summary>Waits for somebody else.</summary>
[SlowEffect]
internal sealed class CallOutside(Faults faults) : IEffect<Ticked>
{
    public async Task Handle(Ticked e, Guid eventId, CancellationToken ct)
    {
        if (faults.Outside is { } answer)
            await answer.Task.WaitAsync(ct);
        faults.Called.Enqueue((e.Key, e.Number));
    }
}

/// <summary>A new subscriber of an event that another module has published for long.</summary>
internal sealed class OnReportWaived(ProbeDb db) : IReaction<ReportWaived, ProbeDb>
{
    public Task Handle(ReportWaived e, CancellationToken ct)
    {
        db.Taken.Add(new Taken { Key = e.BookingId });
        return Task.CompletedTask;
    }
}
