using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>Who acts for the caller in the organisation they work in, and what they may do: a professional's own secretariat.</summary>
internal static class ListMyDelegates
{
    [OpenToSignedIn("Delegations for oneself.")]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <summary>A live delegation for the caller.</summary>
    /// <param name="Name">Of who acts.</param>
    /// <param name="Actions">Permissions.</param>
    public sealed record Row(Guid Id, string Name, IReadOnlyList<string> Actions, DateTimeOffset Until);

    public sealed class Handler(AccessDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private const int Most = 50;

        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            if (user.Rights.OwnPractitionerId is not { } own)
                return [];
            var now = clock.GetUtcNow();
            var rows = await db
                .Delegations.AsNoTracking()
                .Where(d => d.PractitionerId == own && d.OrganisationId == user.OrganisationId && d.From <= now && now < d.Until)
                .Join(db.People, d => d.DelegateId, p => p.Id, (d, p) => new { Delegation = d, Person = p })
                .OrderBy(r => r.Person.SearchText)
                .Take(Most)
                .ToListAsync(ct);
            return [.. rows.Select(r => new Row(r.Delegation.Id, r.Person.FullName, [.. r.Delegation.ActionNames], r.Delegation.Until))];
        }
    }
}
