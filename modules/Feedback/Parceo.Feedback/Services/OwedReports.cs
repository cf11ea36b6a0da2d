using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;

namespace Parceo.Feedback.Services;

/// <summary>
/// What the reactions share. Regulation tells who the médecin traitant is and Slots whether the patient came: different
/// modules, so in any order, and each leaves the row as true as it can be.
/// </summary>
internal sealed class OwedReports(FeedbackDb db)
{
    public async Task<Report> Of(Guid booking, CancellationToken ct)
    {
        if (await db.Reports.SingleOrDefaultAsync(r => r.BookingId == booking, ct) is { } known)
            return known;
        var report = new Report(booking);
        db.Reports.Add(report);
        return report;
    }

    public void Owe(Report r) =>
        db.Publish(
            new ReportDue(
                r.BookingId,
                r.OrientationId,
                r.OrganisationId,
                r.Departement,
                r.PractitionerId,
                r.MtPractitionerId!.Value,
                r.FulfilledAt!.Value,
                r.DueAt!.Value
            ),
            r.BookingId
        );

    public void Waive(Report r) => db.Publish(new ReportWaived(r.BookingId, r.OrganisationId, r.Departement), r.BookingId);
}
