using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>One booking, for the organisation that made it and the professional who receives; the read is traced (S31).</summary>
internal static class GetBooking
{
    [Requires(SlotsPermissions.RecordOutcome), Audited]
    public sealed record Query(Guid BookingId) : IRequest<BookingView>;

    public sealed class Handler(SlotsDb db, PatientSeal seal, CallContext user, AuditNote audit) : IRequestHandler<Query, BookingView>
    {
        public async Task<BookingView> Handle(Query query, CancellationToken ct)
        {
            var row = await db
                .Bookings.AsNoTracking()
                .Where(b => b.Id == query.BookingId)
                .Join(db.Calendars, b => b.CalendarId, c => c.Id, (b, c) => new { Booking = b, Calendar = c })
                .SingleOrDefaultAsync(ct)
                ?? throw new NotFoundException("booking_unknown");
            if (!SlotChanges.ActsOn(row.Booking, user))
                throw new ForbiddenException("not_own_agenda");
            audit.About("booking", row.Booking.Id, row.Booking.CaseReference);
            return BookingView.Of(row.Booking, row.Calendar, seal);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("bookings/{bookingId:guid}", async (Guid bookingId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(bookingId), ct))
            )
            .WithName("GetBooking")
            .WithSummary("One booking")
            .ProducesProblem(404);
}
