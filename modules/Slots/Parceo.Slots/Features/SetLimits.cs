using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>How many patients at most, and for what one may be solicited.</summary>
internal static class SetLimits
{
    /// <param name="PerDay">1–200 a local day, null for no limit.</param>
    /// <param name="PerWeek">1–200 an ISO week, null for no limit.</param>
    /// <param name="Visits">Solicited for visits too.</param>
    /// <param name="Teleconsultations">Solicited for consultations by video too.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid PractitionerId, int? PerDay, int? PerWeek, bool Visits = false, bool Teleconsultations = true)
        : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.PerDay).InclusiveBetween(1, Domain.Agenda.HighestLimit).WithMessage("limit_of_load_invalid");
            RuleFor(c => c.PerWeek).InclusiveBetween(1, Domain.Agenda.HighestLimit).WithMessage("limit_of_load_invalid");
        }
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(Agendas agendas, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var agenda = await agendas.Agenda(command.PractitionerId, ct);
            agenda.Limit(command.PerDay, command.PerWeek);
            agenda.TakeSolicitations(command.Visits, command.Teleconsultations);
            await agendas.Refresh(command.PractitionerId, clock.GetUtcNow(), null, ct);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("limits", async (Command body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(body, ct);
                return TypedResults.NoContent();
            })
            .WithName("SetLimits")
            .WithSummary("Patients a day and a week at most")
            .ProducesProblem(403);
}
