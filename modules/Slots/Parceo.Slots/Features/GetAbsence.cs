using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Search;

namespace Parceo.Slots.Features;

/// <summary>Whether a professional takes nobody now, for their page in the directory: whoever may look for their slots sees it, never why.</summary>
internal static class GetAbsence
{
    [OpenToSignedIn("Answers only whoever searches slots, and the professional's own people.")]
    public sealed record Query(Guid PractitionerId) : IRequest<Response?>;

    /// <param name="Until">UTC, excluded; null until they say otherwise.</param>
    public sealed record Response(DateTimeOffset? Until);

    public sealed class Handler(SlotsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response?>
    {
        public async Task<Response?> Handle(Query query, CancellationToken ct)
        {
            if (!user.Can(SlotsPermissions.Search) && !user.Rights.MayFor(SlotsPermissions.Publish, query.PractitionerId))
                return null;
            var now = clock.GetUtcNow();
            return await db
                .Absences.AsNoTracking()
                .Where(a => a.PractitionerId == query.PractitionerId)
                .At(now)
                .LastFirst()
                .Select(a => new Response(a.To))
                .FirstOrDefaultAsync(ct);
        }
    }
}
