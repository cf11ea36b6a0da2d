using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>What reading an outside agenda gave: its busy times replace the known ones, and slots are hidden or shown.</summary>
internal static class StoreBusyTimes
{
    /// <param name="Times">Merged; null when the server says that nothing changed, or when it could not be read.</param>
    /// <param name="Failure">Error code when it could not be read: what is known stays.</param>
    /// <param name="Aside">Events that could not be used.</param>
    /// <param name="First">The first of them, or what else there is to know.</param>
    [SystemOnly]
    public sealed record Command(
        Guid AgendaId,
        IReadOnlyList<Time>? Times,
        string? ETag,
        string? Failure,
        int Aside = 0,
        Note? First = null
    ) : IRequest<Unit>;

    /// <param name="Line">Line of the file.</param>
    /// <param name="Code">Error code.</param>
    public sealed record Note(int Line, string Code);

    public sealed record Time(DateTimeOffset Start, DateTimeOffset End);

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SlotsDb db, Agendas agendas, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (await db.OutsideAgendas.SingleOrDefaultAsync(a => a.Id == command.AgendaId, ct) is not { } agenda)
                return Unit.Value; // removed meanwhile
            if (command.Failure is { } code)
            {
                if (agenda.Failure == code && agenda.Failures + 1 < OutsideAgenda.MostFailures)
                    return await FailedAgain(command.AgendaId, ct);
                agenda.Fail(code, clock.GetUtcNow());
                return Unit.Value;
            }
            var now = clock.GetUtcNow();
            var read = command.Times?.ToHashSet() ?? [];
            var known = command.Times is null ? [] : await db.BusyTimes.Where(t => t.AgendaId == agenda.Id).ToListAsync(ct);
            if (command.Times is not null && agenda.KeepsAgainst(known.Count(t => t.End > now), command.Times.Count, now))
                return Unit.Value;
            var gone = known.Where(t => !read.Remove(new(t.Start, t.End))).ToList(); // what is left of the read ones is new
            var same =
                command.Times is null
                || (agenda.Aside, agenda.AsideLine, agenda.AsideCode) == (command.Aside, command.First?.Line ?? 0, command.First?.Code);
            if (gone.Count + read.Count == 0 && same && agenda.Failure is null && agenda.ReadAt is not null)
                return await Noted(command, now, ct);
            agenda.Read(command.Times?.Count ?? agenda.Times, command.ETag, now);
            if (command.Times is not null)
                agenda.SetAside(command.Aside, command.First?.Line ?? 0, command.First?.Code);
            if (gone.Count + read.Count == 0)
                return Unit.Value;
            (await agendas.Agenda(agenda.PractitionerId, ct)).Touch(); // publications at the same time look again
            db.BusyTimes.RemoveRange(gone);
            db.BusyTimes.AddRange(read.Select(t => new BusyTime(agenda.Id, agenda.PractitionerId, t.Start, t.End)));
            await agendas.Refresh(agenda.PractitionerId, now, null, ct);
            return Unit.Value;
        }

        /// <summary>The owner sees this failure already: only the count towards its sleep goes on, without a trace each quarter of an hour.</summary>
        private async Task<Unit> FailedAgain(Guid agendaId, CancellationToken ct)
        {
            await db
                .OutsideAgendas.Where(a => a.Id == agendaId)
                .Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(a => a.Failures, a => a.Failures + 1), ct), ct);
            return Unit.Value;
        }

        /// <summary>Nothing changed but when it was read: no action that a trace and its seal would tell of, four times an hour for each agenda.</summary>
        private async Task<Unit> Noted(Command command, DateTimeOffset now, CancellationToken ct)
        {
            await db
                .OutsideAgendas.Where(a => a.Id == command.AgendaId)
                .Gated(
                    db,
                    q =>
                        q.ExecuteUpdateAsync(
                            s => s.SetProperty(a => a.ReadAt, (DateTimeOffset?)now).SetProperty(a => a.ETag, command.ETag),
                            ct
                        ),
                    ct
                );
            return Unit.Value;
        }
    }
}
