using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Import;
using Parceo.Platform;

namespace Parceo.Directory.Features;

/// <summary>Imports with their reports, the latest first; the running one as it stands now.</summary>
internal static class ListImports
{
    /// <param name="Next">Of the page before.</param>
    /// <param name="Limit">1–100.</param>
    [Requires(DirectoryPermissions.Import)]
    public sealed record Query(string? Next = null, int Limit = 20) : IRequest<Response>;

    public sealed record Response(IReadOnlyList<Item> Imports, string? Next);

    /// <param name="Id">Id of the run.</param>
    /// <param name="FileName">Name of the file.</param>
    /// <param name="Departements">Scope, empty for all.</param>
    /// <param name="State">waiting, reading, writing, done, refused, failed.</param>
    /// <param name="Percent">Of the current step.</param>
    /// <param name="Lines">Valid lines so far.</param>
    /// <param name="Rejected">Lines set aside so far.</param>
    /// <param name="People">People so far.</param>
    /// <param name="Created">New people.</param>
    /// <param name="Changed">People of whom something changed.</param>
    /// <param name="Gone">People no longer in the file.</param>
    /// <param name="Refusal">Error code, or null.</param>
    /// <param name="Detail">Figures or names that go with it.</param>
    /// <param name="Warnings">What did not stop it.</param>
    /// <param name="Reason">Why it was asked for; null from the command line.</param>
    /// <param name="AskedAt">When it was asked for.</param>
    /// <param name="EndedAt">When it ended, or null.</param>
    public sealed record Item(
        Guid Id,
        string FileName,
        string Departements,
        ImportState State,
        int Percent,
        long Lines,
        long Rejected,
        int People,
        int Created,
        int Changed,
        int Gone,
        string? Refusal,
        string? Detail,
        string? Warnings,
        string? Reason,
        DateTimeOffset AskedAt,
        DateTimeOffset? EndedAt
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("people_limit_invalid");
    }

    public sealed class Handler(DirectoryDb db, ImportProgress progress) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var all = db.ImportRuns.AsNoTracking();
            if (query.Next is { } next && PageCursor.Read(next) is var (at, id))
                all = all.Where(r => r.AskedAt < at || (r.AskedAt == at && r.Id.CompareTo(id) < 0));
            var runs = await all.OrderByDescending(r => r.AskedAt).ThenByDescending(r => r.Id).Take(query.Limit + 1).ToListAsync(ct);
            var page = runs.Take(query.Limit).Select(Show).ToList();
            return new(page, runs.Count > query.Limit ? PageCursor.Write(page[^1].AskedAt, page[^1].Id) : null);
        }

        private Item Show(ImportRun run)
        {
            var now =
                run.IsActive && progress.Of(run.Id) is { } step
                    ? step
                    : new ImportStep(run.State, run.Percent, run.Lines, run.Rejected, run.People);
            return new(
                run.Id,
                run.FileName,
                run.Scope,
                now.State,
                now.Percent,
                now.Lines,
                now.Rejected,
                now.People,
                run.Created,
                run.Changed,
                run.Gone,
                run.Refusal,
                run.Detail,
                run.Warnings,
                run.Reason,
                run.AskedAt,
                run.EndedAt
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("imports", async (string? next, int? limit, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(next, limit ?? 20), ct))
            )
            .WithName("ListImports")
            .WithSummary("Imports of national files, the latest first")
            .ProducesProblem(403);
}
