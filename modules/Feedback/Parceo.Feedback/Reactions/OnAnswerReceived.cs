using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Data;
using Parceo.Platform.Events;
using Parceo.SecureMail.Contracts;

namespace Parceo.Feedback.Reactions;

/// <summary>The médecin traitant answered by MSSanté: the answer is read where the report is.</summary>
internal sealed class OnAnswerReceived(FeedbackDb db) : IReaction<AnswerReceived, FeedbackDb>
{
    public async Task Handle(AnswerReceived e, CancellationToken ct)
    {
        if (e.Origin == SendBySecureMail.Origin && await db.Reports.SingleOrDefaultAsync(r => r.BookingId == e.OriginId, ct) is { } report)
            report.Answered(e.AnswerId);
    }
}
