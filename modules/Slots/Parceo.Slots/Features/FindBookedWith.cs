using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Query = Parceo.Slots.Contracts.FindBookedWith.Query;

namespace Parceo.Slots.Features;

/// <summary>The professional of a booking, for the orientation that it answers.</summary>
internal static class FindBookedWith
{
    public sealed class Handler(SlotsDb db) : IRequestHandler<Query, BookedWith?>
    {
        public async Task<BookedWith?> Handle(Query query, CancellationToken ct) =>
            await db
                .Bookings.Where(b => b.Id == query.BookingId)
                .Join(
                    db.Calendars,
                    b => b.CalendarId,
                    c => c.Id,
                    (b, c) => new BookedWith(c.PractitionerId, c.Name, c.LocationLabel, c.Commune, c.Phone)
                )
                .SingleOrDefaultAsync(ct);
    }
}
