using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Events;

namespace Parceo.Slots.Features;

/// <summary>Reads an outside agenda that failed, or sleeps, again: now, and then as before.</summary>
internal static class WakeOutsideAgenda
{
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid AgendaId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SlotsDb db, CallContext user, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var agenda = await db.OutsideAgendas.SingleOrDefaultAsync(a => a.Id == command.AgendaId, ct);
            if (agenda is null || !user.ActFor(SlotsPermissions.Publish, agenda.PractitionerId))
                throw new NotFoundException("outside_agenda_unknown");
            audit.About("outside_agenda", agenda.Id);
            if (agenda.Failure is null)
                return Unit.Value; // pressed twice: it is being read
            agenda.Wake();
            agenda.Begin(clock.GetUtcNow());
            db.Publish(new OutsideAgendaDue(agenda.Id), agenda.Id);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("outside-agendas/{agendaId:guid}/wake", async (Guid agendaId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(agendaId), ct);
                return TypedResults.NoContent();
            })
            .WithName("WakeOutsideAgenda")
            .WithSummary("Read an agenda again that failed")
            .ProducesProblem(404);
}
