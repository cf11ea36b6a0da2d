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
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>A professional takes nobody for a time, or until they say otherwise (D28): slots hidden, bookings refused, no solicitations.</summary>
internal static class DeclareAbsence
{
    /// <param name="From">May have begun.</param>
    /// <param name="To">Excluded; null for the vacation mode, until <c>EndAbsence</c>.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid PractitionerId, DateTimeOffset From, DateTimeOffset? To = null) : IRequest<Response>;

    /// <param name="Hidden">Slots that regulators no longer see.</param>
    /// <param name="Expected">Patients already booked in that time: they stay expected, somebody has to call them.</param>
    public sealed record Response(Guid AbsenceId, int Hidden, int Expected);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.To).Must((c, to) => to is null || to > c.From).WithMessage("absence_period");
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(SlotsDb db, Agendas agendas, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            // A publication at the same time meets this one on the agenda's version, a booking on its range's.
            (await agendas.Agenda(command.PractitionerId, ct)).Touch();
            var absence = new Absence(ids.New(), command.PractitionerId, command.From, command.To, user.Id, clock.GetUtcNow());
            db.Absences.Add(absence);
            db.Publish(new AbsenceDeclared(absence.Id, absence.PractitionerId, absence.From, absence.To), absence.PractitionerId);
            var hidden = await agendas.Refresh(command.PractitionerId, absence.From, absence.To, ct);
            var expected = await db.Bookings.CountAsync(
                b =>
                    b.PractitionerId == command.PractitionerId
                    && b.State == BookingState.Booked
                    && b.End > command.From
                    && (command.To == null || b.Start < command.To),
                ct
            );
            audit.About("absence", absence.Id);
            return new Response(absence.Id, hidden, expected);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("absences", async (Command body, ISender sender, CancellationToken ct) =>
            {
                var declared = await sender.Send(body, ct);
                return TypedResults.Created($"/api/slots/absences/{declared.AbsenceId}", declared);
            })
            .WithName("DeclareAbsence")
            .WithSummary("Take nobody for a time")
            .ProducesProblem(403)
            .ProducesProblem(409);
}
