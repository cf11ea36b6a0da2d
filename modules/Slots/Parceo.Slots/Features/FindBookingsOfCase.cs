using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Query = Parceo.Slots.Contracts.FindBookingsOfCase.Query;

namespace Parceo.Slots.Features;

/// <summary>What the caller's organisation has booked under a number, oldest first.</summary>
internal static class FindBookingsOfCase
{
    private const int Most = 5;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.CaseReference).PlainText("case_reference_invalid", 64);
    }

    public sealed class Handler(SlotsDb db, ICurrentUser user) : IRequestHandler<Query, IReadOnlyList<CaseBooking>>
    {
        public async Task<IReadOnlyList<CaseBooking>> Handle(Query query, CancellationToken ct)
        {
            var number = query.CaseReference.Trim();
            return await db
                .Bookings.AsNoTracking()
                .Where(b =>
                    b.OrganisationId == user.OrganisationId && b.BookedAt >= query.Since && b.CaseReference == number && b.Place != null
                )
                .OrderBy(b => b.BookedAt)
                .Take(Most)
                .Join(
                    db.Calendars,
                    b => b.CalendarId,
                    c => c.Id,
                    (b, c) => new CaseBooking(c.Name, b.Start, c.Zone, b.Age, b.Sex, b.BookedAt, b.OrientationId)
                )
                .ToListAsync(ct);
        }
    }
}
