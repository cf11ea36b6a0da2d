using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>Changes where searches of a département begin (W1.3: the national table, editable).</summary>
internal static class SetSearchRadius
{
    [Requires(SlotsPermissions.Configure)]
    public sealed record Command(string Departement, double DefaultKm, double StepKm) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Departement).Reference("departement_unknown", 3);
            RuleFor(c => c.DefaultKm).InclusiveBetween(1, 200).WithMessage("radius_invalid");
            RuleFor(c => c.StepKm).InclusiveBetween(1, 100).WithMessage("radius_invalid");
        }
    }

    public sealed class OwnTerritory(ICurrentUser user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct) =>
            user.IsSystem || user.Rights.Departements.Contains(request.Departement)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_territory");
    }

    public sealed class Handler(SlotsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var row = await db.Radii.SingleOrDefaultAsync(r => r.Departement == command.Departement, ct);
            if (row is null)
                db.Radii.Add(row = new RadiusSetting(command.Departement));
            row.Change(command.DefaultKm, command.StepKm, user.Id, clock.GetUtcNow());
            return Unit.Value;
        }
    }

    public sealed record Body(double DefaultKm, double StepKm);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("radii/{departement}", async (string departement, Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(departement, body.DefaultKm, body.StepKm), ct);
                return TypedResults.NoContent();
            })
            .WithName("SetSearchRadius")
            .WithSummary("Change the default search radius of a département")
            .ProducesProblem(403);
}
