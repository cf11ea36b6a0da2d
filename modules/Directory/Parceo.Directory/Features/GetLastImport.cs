using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;

namespace Parceo.Directory.Features;

/// <summary>The date of the data, which its licence asks to show.</summary>
internal static class GetLastImport
{
    [OpenToSignedIn("The date of public data.")]
    public sealed record Query : IRequest<DateTimeOffset?>;

    public sealed class Handler(DirectoryDb db) : IRequestHandler<Query, DateTimeOffset?>
    {
        public async Task<DateTimeOffset?> Handle(Query query, CancellationToken ct) =>
            await db
                .ImportRuns.Where(r => r.State == ImportState.Done)
                .OrderByDescending(r => r.AskedAt)
                .Select(r => r.EndedAt)
                .FirstOrDefaultAsync(ct);
    }
}
