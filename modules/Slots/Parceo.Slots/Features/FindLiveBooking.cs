using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>The booking that an orientation of the caller's organisation has now, whoever made it and whenever; its start in UTC, nothing of the patient.</summary>
internal static class FindLiveBooking
{
    [Requires(SlotsPermissions.Book)]
    public sealed record Query(Guid OrientationId) : IRequest<Response?>;

    /// <param name="Name">The professional who receives.</param>
    /// <param name="Zone">IANA zone of the place.</param>
    public sealed record Response(string Name, DateTimeOffset Start, string Zone);

    public sealed class Handler(SlotsDb db, ICurrentUser user) : IRequestHandler<Query, Response?>
    {
        public async Task<Response?> Handle(Query query, CancellationToken ct) =>
            await db
                .Bookings.AsNoTracking()
                .Where(b => b.OrganisationId == user.OrganisationId && b.OrientationId == query.OrientationId && b.Place != null)
                .Join(db.Calendars, b => b.CalendarId, c => c.Id, (b, c) => new Response(c.Name, b.Start, c.Zone))
                .SingleOrDefaultAsync(ct);
    }
}
