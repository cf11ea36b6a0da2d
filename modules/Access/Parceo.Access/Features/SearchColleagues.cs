using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Sending;

namespace Parceo.Access.Features;

/// <summary>Looks over all organisations for whom one may write to; asked by <see cref="AnswerColleagues"/> as the host.</summary>
internal static class SearchColleagues
{
    [SystemOnly]
    public sealed record Query(Contracts.FindColleagues Question) : IRequest<IReadOnlyList<Colleague>>;

    public sealed class Handler(AccessDb db, PermissionCatalog permissions, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<Colleague>>
    {
        public async Task<IReadOnlyList<Colleague>> Handle(Query request, CancellationToken ct)
        {
            var (q, now) = (request.Question, clock.GetUtcNow());
            IReadOnlyList<string>? roles = q.Permission is null
                ? null
                : permissions.All.FirstOrDefault(p => p.Name == q.Permission)?.Roles ?? [];
            var people = db.People.AsNoTracking().Where(p => p.DisabledAt == null);
            if (q.PersonIds is not null || q.PractitionerIds is not null)
            {
                var (ids, practitioners) = (q.PersonIds ?? [], q.PractitionerIds ?? []);
                people = people.Where(p =>
                    ids.Contains(p.Id) || (p.DirectoryPersonId != null && practitioners.Contains(p.DirectoryPersonId.Value))
                );
            }
            foreach (var word in TextRules.WordsOfName(q.Text ?? "").Take(5))
                people = people.Where(p =>
                    p.SearchText.StartsWith(word) || p.SearchText.Contains(" " + word) || p.SearchText.Contains("-" + word)
                );
            if (q.InCare)
                roles = [.. (roles ?? Roles.All).Where(Roles.IsCare)];
            var live = db
                .Memberships.AsNoTracking()
                .Where(m =>
                    (roles == null || roles.Contains(m.Role))
                    && m.From <= now
                    && (m.Until == null || now < m.Until)
                    && (q.OrganisationId == null || m.OrganisationId == q.OrganisationId)
                );
            var found = await people
                .Where(p => live.Any(m => m.PersonId == p.Id))
                .OrderBy(p => p.SearchText)
                .ThenBy(p => p.Id)
                .Take(q.Limit)
                .Select(p => new
                {
                    p.Id,
                    p.Name,
                    p.Title,
                    p.DirectoryPersonId,
                })
                .ToListAsync(ct);
            var of = found.ConvertAll(p => p.Id);
            var works = (
                await live.Where(m => of.Contains(m.PersonId))
                    .Join(
                        db.Organisations,
                        m => m.OrganisationId,
                        o => o.Id,
                        (m, o) =>
                            new
                            {
                                m.PersonId,
                                o.Id,
                                o.Name,
                                m.Role,
                            }
                    )
                    .Distinct()
                    .ToListAsync(ct)
            ).ToLookup(w => w.PersonId);
            return
            [
                .. found
                    .Select(p =>
                        (
                            Person: p,
                            At: works[p.Id]
                                .OrderBy(w => w.Id != q.ShownIn)
                                .ThenBy(w => w.Name, FrenchText.ByName)
                                .ThenBy(w => w.Id)
                                .ToList()
                        )
                    )
                    .Where(p => p.At.Count > 0)
                    .Select(p => new Colleague(
                        p.Person.Id,
                        p.Person.Title is null ? p.Person.Name : $"{p.Person.Title}\u00A0{p.Person.Name}",
                        p.Person.DirectoryPersonId,
                        p.At[0].Id,
                        p.At[0].Name,
                        [.. p.At.Select(w => w.Id).Distinct()],
                        [.. p.At.Where(w => w.Id == p.At[0].Id).Select(w => w.Role).Distinct().Order(StringComparer.Ordinal)]
                    )),
            ];
        }
    }
}
