using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>Changes how waves run in a département from now on; what runs already keeps its rules (D50).</summary>
internal static class SetWavePolicy
{
    [Requires(RegulationPermissions.Configure)]
    public sealed record Command(
        string Departement,
        int UsualMinutes,
        int Size1,
        int Minutes1,
        int Size2,
        int Minutes2,
        int Minutes3,
        double Factor3,
        string? Source = null
    ) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Departement).Reference("departement_unknown", 3);
            foreach (
                var minutes in new System.Linq.Expressions.Expression<Func<Command, int>>[]
                {
                    c => c.UsualMinutes,
                    c => c.Minutes1,
                    c => c.Minutes2,
                    c => c.Minutes3,
                }
            )
                RuleFor(minutes).InclusiveBetween(1, 240).WithMessage("wave_plan_invalid");
            RuleFor(c => c.Size1).InclusiveBetween(1, WavePlan.Most).WithMessage("wave_plan_invalid");
            RuleFor(c => c.Size2).InclusiveBetween(1, WavePlan.Most).WithMessage("wave_plan_invalid");
            RuleFor(c => c.Factor3).InclusiveBetween(1, 5).WithMessage("wave_plan_invalid");
            RuleFor(c => c.Source).PlainText("policy_source_invalid", 200);
        }
    }

    public sealed class OwnTerritory(ICurrentUser user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct) =>
            user.IsSystem || user.Rights.Departements.Contains(request.Departement)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_territory");
    }

    public sealed class Handler(RegulationDb db, Orientations orientations, ICurrentUser user, IIds ids, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command c, CancellationToken ct)
        {
            var plan = new WavePlan(c.UsualMinutes, c.Size1, c.Minutes1, c.Size2, c.Minutes2, c.Minutes3, c.Factor3);
            db.Policies.Add(
                new WavePolicy(
                    ids.New(),
                    c.Departement,
                    plan,
                    clock.GetUtcNow(),
                    user.Id,
                    await orientations.CallerName(ct),
                    string.IsNullOrWhiteSpace(c.Source) ? null : c.Source.Trim()
                )
            );
            return Unit.Value;
        }
    }

    public sealed record Body(
        int UsualMinutes,
        int Size1,
        int Minutes1,
        int Size2,
        int Minutes2,
        int Minutes3,
        double Factor3,
        string? Source = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("policies/{departement}", async (string departement, Body b, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(
                    new Command(departement, b.UsualMinutes, b.Size1, b.Minutes1, b.Size2, b.Minutes2, b.Minutes3, b.Factor3, b.Source),
                    ct
                );
                return TypedResults.NoContent();
            })
            .WithName("SetWavePolicy")
            .WithSummary("Change how waves run in a département")
            .ProducesProblem(403);
}
