using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Reference;
using Parceo.Platform;

namespace Parceo.Directory.Features;

/// <summary>What the caller's organisation calls places, by name.</summary>
internal static class ListPlaceAliases
{
    private const int PageSize = 50;

    /// <param name="Next">Of the page before.</param>
    [Requires(DirectoryPermissions.NamePlaces)]
    public sealed record Query(string? Next = null) : IRequest<Response>;

    /// <param name="Next">Of the next page, or null.</param>
    public sealed record Response(IReadOnlyList<Line> Aliases, string? Next);

    /// <param name="Commune">As shown.</param>
    /// <param name="Point">« 49.078, 6.229 », or null.</param>
    public sealed record Line(Guid Id, string Words, string Commune, string CommuneCode, string? Point);

    public sealed class Handler(DirectoryDb db, CommuneIndex communes, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var after = string.IsNullOrEmpty(query.Next) ? "" : PageCursor.ReadKey(query.Next).Key;
            var rows = await db
                .PlaceAliases.AsNoTracking()
                .Where(a => a.OrganisationId == user.OrganisationId && a.Key.CompareTo(after) > 0)
                .OrderBy(a => a.Key)
                .Take(PageSize + 1)
                .ToListAsync(ct);
            return new(
                [
                    .. rows.Take(PageSize)
                        .Select(a => new Line(
                            a.Id,
                            a.Words,
                            communes.Find(a.CommuneCode)?.Label ?? a.CommuneCode,
                            a.CommuneCode,
                            a.Point is { } p ? LocationResolver.Write(p) : null
                        )),
                ],
                rows.Count > PageSize ? PageCursor.Write(rows[PageSize - 1].Key, rows[PageSize - 1].Id) : null
            );
        }
    }
}
