using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Directory.Contracts;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>Invitations of the organisation worked in that nobody has accepted: those that ran out too, for a month.</summary>
internal static class ListPendingInvitations
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="Professional">Whom of the directory it is for, with their number; null when for nobody in particular.</param>
    /// <param name="SentAt">When its link was last given.</param>
    /// <param name="IsOver">Its link has run out.</param>
    /// <param name="IsReminded">It was given again by itself, which happens once.</param>
    /// <param name="IsUnconfirmed">Its role waits for another administrator (S25).</param>
    public sealed record Row(
        Guid Id,
        string Email,
        string Name,
        string Role,
        string? Professional,
        DateTimeOffset SentAt,
        DateTimeOffset ExpiresAt,
        bool IsOver,
        bool IsReminded,
        bool IsUnconfirmed
    );

    public sealed class Handler(AccessDb db, ISender sender, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private const int Most = 1000,
            Batch = 100;

        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var links = await db
                .Links.AsNoTracking()
                .Where(l =>
                    l.OrganisationId == user.OrganisationId
                    && l.Purpose == LinkPurpose.Invitation
                    && l.UsedAt == null
                    && l.WithdrawnAt == null
                )
                .OrderByDescending(l => l.CreatedAt)
                .Take(Most)
                .ToListAsync(ct);
            var unconfirmed = (await sender.Send(new ListProposedRoles.Query(), ct)).Select(r => r.Id).ToHashSet();
            var names = new Dictionary<Guid, string>();
            foreach (var some in links.Select(l => l.DirectoryPersonId).OfType<Guid>().Distinct().Chunk(Batch))
            foreach (var p in await sender.Send(new GetPractitioners.Query(some), ct))
                names[p.Id] = $"{p.Name}, {p.Skill ?? p.Profession}";
            return
            [
                .. links.Select(l => new Row(
                    l.Id,
                    l.Email,
                    l.Name ?? "",
                    l.Role!,
                    l.DirectoryPersonId is { } d ? names.GetValueOrDefault(d) : null,
                    l.RenewedAt ?? l.CreatedAt,
                    l.ExpiresAt,
                    l.ExpiresAt <= now,
                    l.RemindedAt is not null,
                    unconfirmed.Contains(l.Id)
                )),
            ];
        }
    }
}
