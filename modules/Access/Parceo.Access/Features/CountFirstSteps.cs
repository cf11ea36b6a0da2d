using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>1 while an organisation has nobody but the caller: its first day has not passed. One cheap question, on every page.</summary>
internal static class CountFirstSteps
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(AccessDb db, ICurrentUser user) : IRequestHandler<Query, int>
    {
        public async Task<int> Handle(Query query, CancellationToken ct) =>
            await db.Memberships.AnyAsync(m => m.OrganisationId == user.OrganisationId && m.PersonId != user.Id, ct) ? 0 : 1;
    }
}
