using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;
using Parceo.Slots.Contracts;

namespace Parceo.Feedback.Reactions;

/// <summary>
/// Learns from Regulation who the médecin traitant is and from Slots whether the patient came. The two come from
/// different modules, so in any order: each leaves the row as true as it can be.
/// </summary>
internal sealed class FollowBookings(FeedbackDb db, TimeProvider clock) :
    IReaction<OrientationBooked, FeedbackDb>, IReaction<TreatingPhysicianChanged, FeedbackDb>, IReaction<OutcomeRecorded, FeedbackDb>, IReaction<BookingCancelled, FeedbackDb>
{
    public async Task Handle(OrientationBooked e, CancellationToken ct)
    {
        var report = await Of(e.BookingId, ct);
        if (report.Learn(e.OrientationId, e.OrganisationId, e.Departement, e.PractitionerId, e.MtPractitionerId, e.OpposedToReport, e.Start)) Owe(report);
    }

    public async Task Handle(TreatingPhysicianChanged e, CancellationToken ct)
    {
        foreach (var report in await db.Reports.Where(r => r.OrientationId == e.OrientationId).ToListAsync(ct))
        {
            var owed = report.State == ReportState.Due;
            if (report.Answer(e.MtPractitionerId, e.OpposedToReport)) Owe(report);
            else if (owed && report.State == ReportState.NotOwed) Waive(report);
        }
    }

    public async Task Handle(OutcomeRecorded e, CancellationToken ct)
    {
        var report = await Of(e.BookingId, ct);
        if (e.Outcome == "fulfilled" ? report.Fulfil(e.OrganisationId, e.Departement, e.PractitionerId, clock.GetUtcNow()) : false) Owe(report);
        else if (e.Outcome != "fulfilled" && report.NotSeen()) Waive(report);
    }

    public async Task Handle(BookingCancelled e, CancellationToken ct)
    {
        if (await db.Reports.SingleOrDefaultAsync(r => r.BookingId == e.BookingId, ct) is { } report && report.NotSeen()) Waive(report);
    }

    private async Task<Report> Of(Guid booking, CancellationToken ct)
    {
        if (await db.Reports.SingleOrDefaultAsync(r => r.BookingId == booking, ct) is { } known) return known;
        var report = new Report(booking);
        db.Reports.Add(report);
        return report;
    }

    private void Owe(Report r) =>
        db.Publish(new ReportDue(r.BookingId, r.OrientationId, r.OrganisationId, r.Departement, r.PractitionerId, r.MtPractitionerId!.Value, r.FulfilledAt!.Value, r.DueAt!.Value), r.BookingId);

    private void Waive(Report r) => db.Publish(new ReportWaived(r.BookingId, r.OrganisationId, r.Departement), r.BookingId);
}
