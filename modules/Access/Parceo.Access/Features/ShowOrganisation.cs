using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>One's organisation, or one just below it, with its territory: to change it.</summary>
internal static class ShowOrganisation
{
    [Requires(AccessPermissions.ManageOrganisations)]
    public sealed record Query(Guid OrganisationId) : IRequest<Response>;

    /// <param name="Communes">INSEE codes, in order.</param>
    /// <param name="Departements">INSEE codes, in order.</param>
    public sealed record Response(string Name, IReadOnlyList<string> Communes, IReadOnlyList<string> Departements);

    public sealed class Handler(AccessDb db, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var organisation = await db
                .Organisations.AsNoTracking()
                .AsSplitQuery()
                .Include(o => o.Communes)
                .Include(o => o.Departements)
                .SingleOrDefaultAsync(
                    o => o.Id == query.OrganisationId && (o.Id == user.OrganisationId || o.ParentId == user.OrganisationId),
                    ct
                )
                ?? throw new NotFoundException("organisation_unknown");
            return new Response(
                organisation.Name,
                [.. organisation.Communes.Select(c => c.Commune).Order(StringComparer.Ordinal)],
                [.. organisation.Departements.Select(d => d.Departement).Order(StringComparer.Ordinal)]
            );
        }
    }
}
