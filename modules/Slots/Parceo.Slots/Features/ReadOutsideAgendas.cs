using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Events;

namespace Parceo.Slots.Features;

/// <summary>Sends for the outside agendas whose time has come; reading them is an effect, off any request (S46).</summary>
internal static class ReadOutsideAgendas
{
    private const int Batch = 200;

    [SystemOnly, Bookkeeping("It says which agendas are due; what reading one changes is traced by StoreBusyTimes.")]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SlotsDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var awake = now - OutsideAgenda.Sleep;
            foreach (
                var agenda in await db
                    .OutsideAgendas.Where(a => a.NextReadAt <= now && (a.AsleepSince == null || a.AsleepSince <= awake))
                    .OrderBy(a => a.NextReadAt)
                    .Take(Batch)
                    .ToListAsync(ct)
            )
            {
                agenda.Begin(now);
                db.Publish(new OutsideAgendaDue(agenda.Id), agenda.Id);
            }
            return Unit.Value;
        }
    }
}
