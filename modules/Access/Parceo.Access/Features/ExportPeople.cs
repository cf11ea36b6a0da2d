using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Web;

namespace Parceo.Access.Features;

/// <summary>The people of the organisation worked in, as a table for a spreadsheet (S44): with a recent proof, traced, at most 5,000.</summary>
internal static class ExportPeople
{
    private const int Most = 5000;

    [Requires(AccessPermissions.SeePeople), Audited]
    public sealed record Query : IRequest<byte[]>, IExport
    {
        public bool IsExport => true;
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, AuditNote note, TimeProvider clock) : IRequestHandler<Query, byte[]>
    {
        public async Task<byte[]> Handle(Query query, CancellationToken ct)
        {
            note.About("organisation", user.OrganisationId);
            var now = clock.GetUtcNow();
            var members = await db
                .Memberships.AsNoTracking()
                .Where(m => m.OrganisationId == user.OrganisationId && (m.Until == null || now < m.Until))
                .Join(
                    db.People,
                    m => m.PersonId,
                    p => p.Id,
                    (m, p) =>
                        new
                        {
                            p.Id,
                            p.Name,
                            p.Title,
                            p.Email,
                            p.SortKey,
                            p.SignedInAt,
                            p.DirectoryPersonId,
                            HasFactor = p.TotpSecret != null || db.Passkeys.Any(k => k.UserId == p.Id),
                            m.Role,
                        }
                )
                .OrderBy(r => r.SortKey)
                .ThenBy(r => r.Id)
                .Take(Most)
                .ToListAsync(ct);
            var people = members.GroupBy(m => m.Id).ToList();
            note.Exported(people.Count);
            return Exports.Csv(
                ["Titre", "Nom", "Adresse", "Rôles", "Dans l’annuaire", "Second facteur", "Dernière connexion"],
                people
                    .Select(g => (Person: g.First(), Roles: RoleText.Of(g.Select(m => m.Role).Distinct())))
                    .Select(
                        IReadOnlyList<object?> (r) =>
                            [
                                r.Person.Title,
                                r.Person.Name,
                                r.Person.Email,
                                r.Roles,
                                r.Person.DirectoryPersonId is null ? "non" : "oui",
                                r.Person.HasFactor ? "oui" : "non",
                                r.Person.SignedInAt is { } at ? LocalTime.In(at, user.Rights.Zone).DateTime : null,
                            ]
                    )
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("people.csv", async (ISender sender, CancellationToken ct) =>
                TypedResults.File(await sender.Send(new Query(), ct), Exports.CsvType, "personnes.csv")
            )
            .WithName("ExportPeople")
            .WithSummary("The people of the organisation worked in, for a spreadsheet; needs a recent proof");
}
