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
    /// <param name="Next">Of the page before.</param>
    /// <param name="Since">Only those made since; null: all.</param>
    [Requires(SlotsPermissions.Book), Audited]
    public sealed record Query(int Limit = 20, string? Next = null, DateTimeOffset? Since = null) : IRequest<Response>;

    public sealed record Response(IReadOnlyList<BookingView> Bookings, string? Next);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(SlotsDb db, ICurrentUser user, PatientSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var own = db.Bookings.AsNoTracking().Where(b => b.OrganisationId == user.OrganisationId && b.RegulatorId == user.Id);
            if (query.Since is { } since)
                own = own.Where(b => b.BookedAt >= since);
            if (query.Next is { } next)
            {
                // Bookings of one instant are told apart by their id.
                var (at, id) = PageCursor.Read(next);
                own = own.Where(b => b.BookedAt < at || (b.BookedAt == at && b.Id.CompareTo(id) < 0));
            }
            var rows = await own.Join(db.Calendars, b => b.CalendarId, c => c.Id, (b, c) => new { Booking = b, Calendar = c })
                .OrderByDescending(r => r.Booking.BookedAt)
                .ThenByDescending(r => r.Booking.Id)
                .Take(query.Limit)
                .ToListAsync(ct);
            return new Response(
                [.. rows.Select(r => BookingView.Of(r.Booking, r.Calendar, seal))],
                rows.Count == query.Limit ? PageCursor.Write(rows[^1].Booking.BookedAt, rows[^1].Booking.Id) : null
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("bookings", async (int? limit, string? next, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(limit ?? 20, next), ct))
            )
            .WithName("ListBookings")
            .WithSummary("Own bookings, newest first");
}
