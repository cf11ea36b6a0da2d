using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Events;

namespace Parceo.Slots.Features;

/// <summary>
/// Outcomes that nobody noted (W1.8): a reminder at 24 hours, unknown at 72. What is due stands with the bookings, so a
/// missed run costs nothing and a repeated one does nothing.
/// </summary>
internal static class FollowUpOutcomes
{
    private const int Batch = 200;

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SlotsDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var (remind, unknown) = (now - Booking.RemindAfter, now - Booking.UnknownAfter);
            var due = await db
                .Bookings.Where(b => b.State == BookingState.Booked && b.End <= remind && (b.RemindedAt == null || b.End <= unknown))
                .OrderBy(b => b.End)
                .Take(Batch)
                .ToListAsync(ct);
            foreach (var b in due)
            {
                if (b.FollowUp(now))
                    db.Publish(
                        new OutcomeReminderDue(
                            b.Id,
                            b.PractitionerId,
                            b.CalendarId,
                            b.OrganisationId,
                            b.Departement,
                            b.End,
                            b.OrientationId
                        ),
                        b.RangeId
                    );
                else if (b.State == BookingState.Unknown)
                    db.Publish(
                        new OutcomeRecorded(
                            b.RangeId,
                            b.Id,
                            b.PractitionerId,
                            b.CalendarId,
                            b.OrganisationId,
                            b.Departement,
                            "unknown",
                            b.OrientationId,
                            b.ChangedAt,
                            b.PatientId
                        ),
                        b.RangeId
                    );
            }
            return Unit.Value;
        }
    }
}
