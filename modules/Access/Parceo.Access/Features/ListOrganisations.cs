using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>Organisations by name. Names and territories are public facts; which ones the asker may change is said.</summary>
internal static class ListOrganisations
{
    private const int PageSize = 50;

    [Requires(AccessPermissions.SeePeople)]
    public sealed record Query(string? After) : IRequest<Response>;

    public sealed record Response(IReadOnlyList<Row> Organisations, string? Next);

    /// <param name="Parent">Name of its parent.</param>
    /// <param name="Communes">INSEE codes of its territory.</param>
    /// <param name="Departements">Whole départements of its territory.</param>
    /// <param name="IsOwn">Worked in now, or just below.</param>
    public sealed record Row(
        Guid Id,
        string Name,
        OrganisationKind Kind,
        string? Parent,
        IReadOnlyList<string> Communes,
        IReadOnlyList<string> Departements,
        bool IsOwn
    );

    public sealed class Handler(AccessDb db, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var all = db.Organisations.AsNoTracking().AsSplitQuery().Include(o => o.Communes).Include(o => o.Departements).AsQueryable();
            if (query.After is { Length: > 0 } after && PageCursor.ReadKey(after) is var (key, last))
                all = all.Where(o => o.SortKey.CompareTo(key) > 0 || (o.SortKey == key && o.Id.CompareTo(last) > 0));
            var page = await all.OrderBy(o => o.SortKey).ThenBy(o => o.Id).Take(PageSize + 1).ToListAsync(ct);
            var shown = page.Take(PageSize).ToList();
            var parents = shown.Select(o => o.ParentId).OfType<Guid>().Distinct().ToList();
            var names = await db
                .Organisations.AsNoTracking()
                .Where(o => parents.Contains(o.Id))
                .ToDictionaryAsync(o => o.Id, o => o.Name, ct);
            return new Response(
                [
                    .. shown.Select(o => new Row(
                        o.Id,
                        o.Name,
                        o.Kind,
                        o.ParentId is { } p ? names[p] : null,
                        [.. o.Communes.Select(c => c.Commune).Order(StringComparer.Ordinal)],
                        [.. o.Departements.Select(d => d.Departement).Order(StringComparer.Ordinal)],
                        o.Id == user.OrganisationId || o.ParentId == user.OrganisationId
                    )),
                ],
                page.Count > PageSize ? PageCursor.Write(shown[^1].SortKey, shown[^1].Id) : null
            );
        }
    }
}
