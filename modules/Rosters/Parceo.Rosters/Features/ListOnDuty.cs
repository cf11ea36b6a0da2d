using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Features;

/// <summary>Who is on duty in a period: what is published in the caller's organisation and territory, lines of regulation first.</summary>
internal static class ListOnDuty
{
    private const int Most = 1000;

    /// <param name="From">Included.</param>
    /// <param name="To">Excluded, at most 48 h later.</param>
    [Requires(RostersPermissions.Read)]
    public sealed record Query(DateTimeOffset From, DateTimeOffset To) : IRequest<IReadOnlyList<DutySector>>;

    /// <param name="Communes">Names.</param>
    public sealed record DutySector(
        Guid SectorId,
        string Name,
        SectorKind Kind,
        string? Phone,
        string Zone,
        IReadOnlyList<string> Communes,
        IReadOnlyList<Turn> Turns
    );

    /// <param name="Name">Null: nobody.</param>
    public sealed record Turn(Guid DutyId, string Label, DateTimeOffset Start, DateTimeOffset End, string? Name, string? Phone);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() =>
            RuleFor(q => q.To).Must((q, to) => to > q.From && to - q.From <= TimeSpan.FromHours(48)).WithMessage("roster_period_invalid");
    }

    public sealed class Handler(RostersDb db) : IRequestHandler<Query, IReadOnlyList<DutySector>>
    {
        // As the night needs them: who answers, who sees, who dispenses.
        private static readonly SectorKind[] Order = [SectorKind.RegulationLine, SectorKind.Effection, SectorKind.Pharmacy];

        public async Task<IReadOnlyList<DutySector>> Handle(Query q, CancellationToken ct)
        {
            var earliest = q.From.UtcTicks > TimeSpan.TicksPerDay * 2 ? q.From.AddHours(-26) : q.From;
            var duties = await db
                .Duties.AsNoTracking()
                .Where(d => d.Published && d.Start > earliest && d.Start < q.To && d.End > q.From)
                .OrderBy(d => d.Start)
                .Take(Most)
                .ToListAsync(ct);
            var ids = duties.Select(d => d.SectorId).Distinct().ToList();
            var sectors = await db.Sectors.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(ct);
            var turns = duties.ToLookup(d => d.SectorId, d => new Turn(d.Id, d.Label, d.Start, d.End, d.HolderName, d.HolderPhone));
            return
            [
                .. sectors
                    .OrderBy(s => Array.IndexOf(Order, s.Kind))
                    .ThenBy(s => s.Name, FrenchText.ByName)
                    .Select(s => new DutySector(
                        s.Id,
                        s.Name,
                        s.Kind,
                        s.Phone,
                        s.Zone,
                        [.. s.Communes.Select(c => c.Name)],
                        [.. turns[s.Id]]
                    )),
            ];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("on-duty", async (DateTimeOffset from, DateTimeOffset to, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(from, to), ct))
            )
            .WithName("ListOnDuty")
            .WithSummary("Who is on duty in a period")
            .ProducesProblem(400);
}
