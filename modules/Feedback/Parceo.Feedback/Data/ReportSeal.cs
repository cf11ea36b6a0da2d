using System.Text.Json;
using Parceo.Feedback.Domain;
using Parceo.Platform;

namespace Parceo.Feedback.Data;

/// <summary>Seals and opens the clinical text of a report (S29), under the key of the regulator's organisation.</summary>
internal sealed class ReportSeal(FieldCipher cipher)
{
    /// <summary>Where it is kept.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(typeof(Report), nameof(Report.SealedText), "feedback.report", nameof(Report.BookingId)),
    ];

    public byte[] Seal(Report report, ReportText text) =>
        cipher.Seal(JsonSerializer.Serialize(text), report.OrganisationId, "feedback.report", "sealed_text", report.BookingId);

    public ReportText? Open(Report report) =>
        report.SealedText is null
            ? null
            : JsonSerializer.Deserialize<ReportText>(
                cipher.Open(report.SealedText, report.OrganisationId, "feedback.report", "sealed_text", report.BookingId)
            );
}
