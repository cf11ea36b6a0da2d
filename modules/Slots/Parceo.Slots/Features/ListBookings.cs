using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>A regulator's own bookings, newest first: what they may still cancel or follow.</summary>
internal static class ListBookings
{
    /// <param name="Limit">1–100.</param>
    /// <param name="Before">Booked before: the last row of the page before.</param>
    [Requires(SlotsPermissions.Book), Audited]
    public sealed record Query(int Limit = 20, DateTimeOffset? Before = null) : IRequest<Response>;

    public sealed record Response(IReadOnlyList<BookingView> Bookings, DateTimeOffset? Next);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(SlotsDb db, ICurrentUser user, PatientSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var rows = await db.Bookings.AsNoTracking()
                .Where(b => b.OrganisationId == user.OrganisationId && b.RegulatorId == user.Id && (query.Before == null || b.BookedAt < query.Before))
                .OrderByDescending(b => b.BookedAt).Take(query.Limit)
                .Join(db.Calendars, b => b.CalendarId, c => c.Id, (b, c) => new { Booking = b, Calendar = c }).ToListAsync(ct);
            var views = rows.OrderByDescending(r => r.Booking.BookedAt).Select(r => BookingView.Of(r.Booking, r.Calendar, seal)).ToList();
            return new Response(views, rows.Count == query.Limit ? views[^1].BookedAt : null);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("bookings", async (int? limit, DateTimeOffset? before, ISender sender, CancellationToken ct) =>
            TypedResults.Ok(await sender.Send(new Query(limit ?? 20, before), ct))).WithName("ListBookings").WithSummary("Own bookings, newest first");
}
