using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>Who comes in a day or less, to the caller and to those they act for; the read is traced (S31).</summary>
internal static class ListExpected
{
    private const int Most = 100;

    /// <param name="To">At most 36 hours after the beginning.</param>
    [Requires(SlotsPermissions.Publish), Audited]
    public sealed record Query(DateTimeOffset From, DateTimeOffset To) : IRequest<IReadOnlyList<BookingView>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() =>
            RuleFor(q => q.To).Must((q, to) => to > q.From && to - q.From <= TimeSpan.FromHours(36)).WithMessage("period_too_long");
    }

    public sealed class Handler(SlotsDb db, ICurrentUser user, PatientSeal seal) : IRequestHandler<Query, IReadOnlyList<BookingView>>
    {
        public async Task<IReadOnlyList<BookingView>> Handle(Query query, CancellationToken ct)
        {
            var mine = user.Rights.PractitionersFor(SlotsPermissions.Publish);
            var rows = await db
                .Bookings.AsNoTracking()
                .Where(b =>
                    mine.Contains(b.PractitionerId) && b.Start >= query.From && b.Start < query.To && b.State == BookingState.Booked
                )
                .OrderBy(b => b.Start)
                .Take(Most)
                .Join(db.Calendars, b => b.CalendarId, c => c.Id, (b, c) => new { Booking = b, Calendar = c })
                .ToListAsync(ct);
            return [.. rows.OrderBy(r => r.Booking.Start).Select(r => BookingView.Of(r.Booking, r.Calendar, seal))];
        }
    }
}
