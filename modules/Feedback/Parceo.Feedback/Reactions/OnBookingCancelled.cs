using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Data;
using Parceo.Feedback.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Feedback.Reactions;

/// <summary>Nothing is owed for a booking that was called off.</summary>
internal sealed class OnBookingCancelled(FeedbackDb db, OwedReports reports) : IReaction<BookingCancelled, FeedbackDb>
{
    public async Task Handle(BookingCancelled e, CancellationToken ct)
    {
        if (await db.Reports.SingleOrDefaultAsync(r => r.BookingId == e.BookingId, ct) is { } report && report.NotSeen())
            reports.Waive(report);
    }
}
