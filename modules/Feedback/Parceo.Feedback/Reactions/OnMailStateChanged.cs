using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Data;
using Parceo.Platform.Events;
using Parceo.SecureMail.Contracts;

namespace Parceo.Feedback.Reactions;

/// <summary>Where the mail of a report stands (D23).</summary>
internal sealed class OnMailStateChanged(FeedbackDb db) : IReaction<MailStateChanged, FeedbackDb>
{
    public async Task Handle(MailStateChanged e, CancellationToken ct)
    {
        if (e.Origin == SendBySecureMail.Origin && await db.Reports.SingleOrDefaultAsync(r => r.BookingId == e.OriginId, ct) is { } report)
            report.MailBecomes(e.State, e.At);
    }
}
