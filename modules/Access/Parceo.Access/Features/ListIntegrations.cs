using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>Programs that work in the organisation by themselves, with a role of their own.</summary>
internal static class ListIntegrations
{
    private const int Most = 200;

    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="Role">What it may do.</param>
    /// <param name="IsDisabled">It may do nothing any more.</param>
    public sealed record Row(Guid Id, string Name, string Role, DateTimeOffset Since, bool IsDisabled);

    public sealed class Handler(AccessDb db, ICurrentUser user) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct) =>
            await db
                .Clients.AsNoTracking()
                .Where(c => c.OrganisationId == user.OrganisationId)
                .OrderBy(c => c.Name)
                .Take(Most)
                .Select(c => new Row(c.Id, c.Name, c.Role, c.CreatedAt, c.DisabledAt != null))
                .ToListAsync(ct);
    }
}
