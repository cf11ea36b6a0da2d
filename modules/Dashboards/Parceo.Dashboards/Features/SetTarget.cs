using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Access.Contracts;
using Parceo.Dashboards.Contracts;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Dashboards.Features;

/// <summary>Sets what one's own organisation aims at, from a day on; earlier periods keep theirs (D50).</summary>
internal static class SetTarget
{
    /// <param name="Value">In the indicator's unit: patients a month, minutes, share 0–1, hours.</param>
    /// <param name="Reference">Where one comes from, same unit; null for none.</param>
    /// <param name="ReferenceOn">Month of the reference.</param>
    /// <param name="From">First day it holds.</param>
    /// <param name="Source">Who decided it, where; at most 200 characters.</param>
    [Requires(DashboardsPermissions.SetTargets)]
    public sealed record Command(
        Indicator Indicator,
        double Value,
        DateOnly From,
        double? Reference = null,
        DateOnly? ReferenceOn = null,
        string? Source = null
    ) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Indicator).IsInEnum().WithMessage("indicator_unknown");
            RuleFor(c => c.Value).Must((c, v) => Fits(c.Indicator, v)).WithMessage("target_value");
            RuleFor(c => c.Reference).Must((c, v) => v is null || Fits(c.Indicator, v.Value)).WithMessage("target_value");
            RuleFor(c => c.From.Year).InclusiveBetween(2020, 2100).WithMessage("target_from");
            RuleFor(c => c.ReferenceOn).Must(d => d is null || d.Value.Year is >= 2000 and <= 2100).WithMessage("target_from");
            RuleFor(c => c.Source).PlainText("target_source", 200);
        }

        private static bool Fits(Indicator indicator, double v) =>
            double.IsFinite(v) && v >= 0 && v <= (Figure.ScaleOf(indicator) == Scale.Share ? 1 : 10_000_000);
    }

    public sealed class Handler(DashboardsDb db, ISender sender, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command c, CancellationToken ct)
        {
            var author = (await sender.Send(new GetMe(), ct))?.Name;
            var target = new Target(
                ids.New(),
                user.OrganisationId,
                c.Indicator,
                c.Value,
                c.Reference,
                c.ReferenceOn,
                c.From,
                string.IsNullOrWhiteSpace(c.Source) ? null : c.Source.Trim(),
                user.Id,
                author,
                clock.GetUtcNow()
            );
            db.Targets.Add(target);
            audit.About("target", target.Id);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("targets", async (Command body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(body, ct);
                return TypedResults.NoContent();
            })
            .WithName("SetTarget")
            .WithSummary("Set a target of one's own organisation")
            .ProducesProblem(403);
}
