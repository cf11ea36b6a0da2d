using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>Ends a subscription: its busy times go, the slots that they hid show again.</summary>
internal static class RemoveOutsideAgenda
{
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid AgendaId) : IRequest<Response>;

    /// <param name="Shown">Slots that regulators see again.</param>
    public sealed record Response(int Shown);

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SlotsDb db, Agendas agendas, CallContext user, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var agenda = await db.OutsideAgendas.SingleOrDefaultAsync(a => a.Id == command.AgendaId, ct);
            if (agenda is null || !user.ActFor(SlotsPermissions.Publish, agenda.PractitionerId))
                throw new NotFoundException("outside_agenda_unknown");
            (await agendas.Agenda(agenda.PractitionerId, ct)).Touch();
            db.BusyTimes.RemoveRange(await db.BusyTimes.Where(t => t.AgendaId == agenda.Id).ToListAsync(ct));
            db.OutsideAgendas.Remove(agenda);
            audit.About("outside_agenda", agenda.Id);
            return new Response(await agendas.Refresh(agenda.PractitionerId, clock.GetUtcNow(), null, ct));
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete("outside-agendas/{agendaId:guid}", async (Guid agendaId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(agendaId), ct))
            )
            .WithName("RemoveOutsideAgenda")
            .WithSummary("End a subscription")
            .ProducesProblem(404);
}
