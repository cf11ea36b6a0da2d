using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;
using Parceo.Platform;

namespace Parceo.Feedback.Features;

/// <summary>How many reports the caller owes, or received and has not read.</summary>
internal static class CountReports
{
    [Requires(FeedbackPermissions.See)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(FeedbackDb db, ICurrentUser user) : IRequestHandler<Query, int>
    {
        public async Task<int> Handle(Query query, CancellationToken ct)
        {
            var (mine, addressed) = (
                user.Rights.PractitionersFor(FeedbackPermissions.Write),
                user.Rights.PractitionersFor(FeedbackPermissions.See)
            );
            var due = await db
                .Reports.Where(r => mine.Contains(r.PractitionerId) && r.State == ReportState.Due)
                .Take(HomePart.Counted)
                .CountAsync(ct);
            var unread = await db
                .Reports.Where(r =>
                    r.MtPractitionerId != null && addressed.Contains(r.MtPractitionerId.Value) && r.State == ReportState.Sent
                )
                .Take(HomePart.Counted)
                .CountAsync(ct);
            return due + unread;
        }
    }
}
