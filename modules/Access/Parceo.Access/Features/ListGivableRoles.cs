using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>The roles that can be given in the organisation worked in, so that pages offer no others.</summary>
internal static class ListGivableRoles
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<Response>;

    /// <param name="ToPeople">By an invitation, or to a member.</param>
    /// <param name="ToPrograms">By whoever asks, to a program.</param>
    /// <param name="CareByOperator">A program gets a role of care from whoever runs the installation only: two would have to agree here (S25).</param>
    public sealed record Response(IReadOnlyList<string> ToPeople, IReadOnlyList<string> ToPrograms, bool CareByOperator);

    public sealed class Handler(AccessDb db, SecondPerson second, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var organisation = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == user.OrganisationId, ct);
            var byTwo = await second.IsThere(organisation.Id, user.Id, "", ct);
            var people = Roles.All.Where(organisation.Has).ToList();
            return new Response(
                people,
                people.FindAll(r => RegisterProgram.IsForPrograms(r) && !(byTwo && ProposedRole.NeedsConfirmation(r))),
                byTwo
            );
        }
    }
}
