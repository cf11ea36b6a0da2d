using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>Members of the organisation worked in who are professionals of the directory: whom a delegate can act for.</summary>
internal static class ListProfessionals
{
    private const int Most = 500;

    [Requires(AccessPermissions.SeePeople)]
    public sealed record Query : IRequest<Response>;

    /// <param name="Professionals">By name, at most 500.</param>
    public sealed record Response(IReadOnlyList<Row> Professionals);

    /// <summary>A member and the professional of the directory they are.</summary>
    public sealed record Row(Guid DirectoryPersonId, string Name);

    public sealed class Handler(AccessDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var people = await db
                .People.AsNoTracking()
                .Where(p =>
                    p.DirectoryPersonId != null
                    && db.Memberships.Any(m =>
                        m.PersonId == p.Id && m.OrganisationId == user.OrganisationId && m.From <= now && (m.Until == null || now < m.Until)
                    )
                )
                .OrderBy(p => p.SearchText)
                .Take(Most)
                .ToListAsync(ct);
            return new Response([.. people.Select(p => new Row(p.DirectoryPersonId!.Value, p.FullName))]);
        }
    }
}
