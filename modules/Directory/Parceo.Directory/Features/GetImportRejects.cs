using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Import;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Web;

namespace Parceo.Directory.Features;

/// <summary>The lines an import set aside, with line number and reason.</summary>
internal static class GetImportRejects
{
    [Requires(DirectoryPermissions.Import)]
    public sealed record Query(Guid ImportId) : IRequest<Response>, IExport
    {
        public bool IsExport => true;
    }

    public sealed record Response(string FileName, IReadOnlyList<Row> Rows);

    /// <param name="Line">Line of the file, the header being 1.</param>
    /// <param name="Reason">Code of the reason.</param>
    /// <param name="Identifier">As received.</param>
    public sealed record Row(long Line, string Reason, string Identifier);

    public sealed class Handler(DirectoryDb db, AuditNote note) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var run = await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == query.ImportId, ct)
                ?? throw new NotFoundException("import_unknown");
            // Bounded by the survey, which keeps the first 20,000.
            var rows = await db
                .ImportRejects.AsNoTracking()
                .Where(r => r.RunId == query.ImportId)
                .OrderBy(r => r.Line)
                .Take(RppsSurvey.MostRejects)
                .Select(r => new Row(r.Line, r.Reason, r.Identifier))
                .ToListAsync(ct);
            note.Exported(rows.Count);
            return new(run.FileName, rows);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("imports/{id:guid}/rejects.csv", async (Guid id, ISender sender, CancellationToken ct) =>
            {
                var report = await sender.Send(new Query(id), ct);
                return TypedResults.File(
                    Exports.Csv(
                        ["ligne", "motif", "explication", "identifiant"],
                        report.Rows.Select(r => (IReadOnlyList<object?>)[r.Line, r.Reason, RejectCodes.Text(r.Reason), r.Identifier])
                    ),
                    Exports.CsvType,
                    $"rejets-{id}.csv"
                );
            })
            .WithName("GetImportRejects")
            .WithSummary("Lines an import set aside, as CSV")
            .ProducesProblem(404);
}
