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
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>Back: the slots that are left show again at once.</summary>
internal static class EndAbsence
{
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid AbsenceId) : IRequest<Response>;

    /// <param name="Shown">Slots that regulators see again.</param>
    public sealed record Response(int Shown);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.AbsenceId).NotEmpty().WithMessage("absence_unknown");
    }

    public sealed class Handler(SlotsDb db, Agendas agendas, CallContext user, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var absence = await db.Absences.SingleOrDefaultAsync(a => a.Id == command.AbsenceId, ct)
                ?? throw new NotFoundException("absence_unknown");
            // Somebody else's absence is unknown rather than forbidden: absences are nobody else's business (D47).
            if (!user.ActFor(SlotsPermissions.Publish, absence.PractitionerId))
                throw new NotFoundException("absence_unknown");
            var to = absence.To;
            (await agendas.Agenda(absence.PractitionerId, ct)).Touch();
            absence.End(clock.GetUtcNow());
            audit.About("absence", absence.Id);
            return new Response(await agendas.Refresh(absence.PractitionerId, absence.From, to, ct));
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("absences/{absenceId:guid}/end", async (Guid absenceId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(absenceId), ct))
            )
            .WithName("EndAbsence")
            .WithSummary("Back before the end")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
