using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>Answers <see cref="Contracts.GetMe"/>: the person, their organisations, what they may do now.</summary>
internal static class GetMe
{
    public sealed class Handler(AccessDb db, ICurrentUser user, CredentialCache credentials, TimeProvider clock)
        : IRequestHandler<Contracts.GetMe, Me?>
    {
        public async Task<Me?> Handle(Contracts.GetMe request, CancellationToken ct)
        {
            if (!user.IsSignedIn)
                return null;
            if (await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == user.Id, ct) is not { } person)
                return await Client(ct);
            var now = clock.GetUtcNow();
            var rows = await (
                from m in db.Memberships.AsNoTracking()
                join o in db.Organisations on m.OrganisationId equals o.Id
                where m.PersonId == user.Id && m.From <= now && (m.Until == null || now < m.Until)
                select new
                {
                    o.Id,
                    o.Name,
                    o.Kind,
                    m.Role,
                }
            ).ToListAsync(ct);
            var organisations = rows.GroupBy(r => (r.Id, r.Name, r.Kind))
                .Select(g => new MyOrganisation(
                    g.Key.Id,
                    g.Key.Name,
                    g.Key.Kind,
                    [.. g.Select(r => r.Role).Distinct().OrderBy(r => Roles.All.ToList().IndexOf(r))]
                ))
                .OrderBy(o => o.Name, FrenchText.ByName)
                .ToList();
            return new Me(
                person.Id,
                person.FullName,
                organisations.Find(o => o.Id == user.OrganisationId),
                organisations,
                [.. user.Rights.Permissions.Order(StringComparer.Ordinal)],
                [.. user.Rights.PractitionerIds.Order()],
                (await credentials.Get(user.SessionId, ct))?.FactorAt is not null
            );
        }

        // A program with a role of its own is nobody's account, but it works somewhere and may do things all the same.
        private async Task<Me?> Client(CancellationToken ct)
        {
            var client = await (
                from c in db.Clients.AsNoTracking()
                join o in db.Organisations on c.OrganisationId equals o.Id
                where c.Id == user.Id
                select new
                {
                    c.Id,
                    c.Name,
                    c.Role,
                    Organisation = o,
                }
            ).SingleOrDefaultAsync(ct);
            if (client is null)
                return null;
            var own = new MyOrganisation(client.Organisation.Id, client.Organisation.Name, client.Organisation.Kind, [client.Role]);
            return new Me(
                client.Id,
                client.Name,
                own,
                [own],
                [.. user.Rights.Permissions.Order(StringComparer.Ordinal)],
                [],
                SecondFactor: true
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("me", async (ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Contracts.GetMe(), ct) ?? throw new NotSignedInException())
            )
            .WithName("GetMe")
            .WithSummary("The signed-in person, where they work and what they may do.");
}
