using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Features;

/// <summary>How waves run in a département now, and how they ran before (D50).</summary>
internal static class ShowWavePolicy
{
    private const int Most = 20;

    [Requires(RegulationPermissions.Configure)]
    public sealed record Query(string Departement) : IRequest<Response>;

    /// <param name="History">Newest first, at most 20; empty while the defaults hold.</param>
    public sealed record Response(WavePlan Plan, IReadOnlyList<Row> History);

    public sealed record Row(DateTimeOffset From, string? AuthorName, string? Source, WavePlan Plan);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Departement).Reference("departement_unknown", 3);
    }

    public sealed class OwnTerritory(ICurrentUser user) : IAccessRule<Query>
    {
        public Task Check(Query request, CancellationToken ct) =>
            user.IsSystem || user.Rights.Departements.Contains(request.Departement)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_territory");
    }

    public sealed class Handler(RegulationDb db) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var rows = await db
                .Policies.AsNoTracking()
                .Where(p => p.Departement == query.Departement)
                .OrderByDescending(p => p.From)
                .Take(Most)
                .ToListAsync(ct);
            return new Response(
                rows.Count > 0 ? rows[0].Plan : WavePlan.Default,
                [.. rows.Select(r => new Row(r.From, r.AuthorName, r.Source, r.Plan))]
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("policies/{departement}", async (string departement, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(departement), ct))
            )
            .WithName("ShowWavePolicy")
            .WithSummary("How waves run in a département")
            .ProducesProblem(403);
}
