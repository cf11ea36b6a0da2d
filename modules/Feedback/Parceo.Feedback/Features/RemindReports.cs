using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Events;
using Parceo.Platform;

namespace Parceo.Feedback.Features;

/// <summary>Reminds authors of what they owe (D22: 24 h, 48 h, 5 days). A job runs; what is due stands in the table.</summary>
internal static class RemindReports
{
    private const int Batch = 100;

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(FeedbackDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            foreach (
                var report in await db
                    .Reports.Where(r => r.NextReminderAt <= now)
                    .OrderBy(r => r.NextReminderAt)
                    .Take(Batch)
                    .ToListAsync(ct)
            )
                db.Publish(new ReportReminder(report.BookingId, report.PractitionerId, report.Remind()), report.BookingId);
            return Unit.Value;
        }
    }
}
