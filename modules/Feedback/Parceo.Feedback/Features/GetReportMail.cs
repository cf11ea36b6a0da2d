using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;
using Parceo.Platform;

namespace Parceo.Feedback.Features;

/// <summary>A report as the text of an MSSanté mail, for the effect that sends it.</summary>
internal static class GetReportMail
{
    [SystemOnly]
    public sealed record Query(Guid BookingId) : IRequest<Response>;

    /// <param name="OrganisationId">From whose mailbox.</param>
    /// <param name="AuthorId">Account that wrote it.</param>
    /// <param name="Text">What to say.</param>
    /// <param name="PatientId">About whom.</param>
    public sealed record Response(Guid OrganisationId, Guid AuthorId, string Text, Guid? PatientId);

    public sealed class Handler(FeedbackDb db, ISender sender, ReportSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var report = await db.Reports.AsNoTracking().SingleOrDefaultAsync(r => r.BookingId == query.BookingId && r.SentAt != null, ct)
                ?? throw new NotFoundException("report_unknown");
            var author = await sender.Send(new GetPractitioners.Query([report.PractitionerId]), ct) is [var known, ..] ? known.Name : null;
            var text = seal.Open(report)!;
            var day = report.CareAt ?? report.FulfilledAt ?? report.SentAt!.Value;
            string?[] lines =
            [
                "Bonjour,",
                "",
                $"Votre patient a été reçu en soins non programmés le {LocalTime.In(day, Zones.OfDepartement(report.Departement)):dd/MM/yyyy}{(author is null ? "" : $" par {author}")}.",
                "",
                $"Patient : {PatientWords.Of(text.Patient)}",
                $"Motif : {text.Reason}",
                $"Constat : {text.Findings}",
                text.Treatment.Length > 0 ? $"Traitement : {text.Treatment}" : null,
                $"Demandé : {(text.Asked.Length > 0 ? text.Asked : "rien de particulier")}",
                "",
                "Répondez à ce message : votre réponse parvient à votre confrère.",
            ];
            return new Response(
                report.SenderOrganisationId ?? report.OrganisationId,
                report.AuthorId!.Value,
                string.Join('\n', lines.OfType<string>()),
                report.PatientId
            );
        }
    }
}
