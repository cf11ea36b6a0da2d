using MediatR;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Domain;
using Parceo.Feedback.Features;
using Parceo.Platform;

namespace Parceo.Feedback.Pages;

/// <summary>On « À traiter »: reports to write, and those received that nobody has read. No patient's name in a list.</summary>
internal sealed class ReportsPart(ISender sender, ICurrentUser user) : HomePart
{
    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountReports.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct)
    {
        var zone = user.Rights.Zone;
        var owed = user.Can(FeedbackPermissions.Write)
            ? (await sender.Send(new ListReports.Query(ListReports.Box.ToWrite), ct)).Reports.Where(r => r.State == ReportState.Due)
            : [];
        var received = (await sender.Send(new ListReports.Query(ListReports.Box.Received, Unread: true), ct)).Reports;
        return
        [
            .. owed.Select(r => new HomeItem(
                    r.BookingId,
                    "file-text",
                    $"Compte rendu {(r.Mt is { } mt ? $"au {mt}" : "au médecin traitant")}",
                    r.CareAt is { } seen ? $"Patient vu le {FrenchText.Moment(seen, zone)}" : null,
                    $"/soins-non-programmes/retours/{r.BookingId}",
                    "Rédiger"
                )
                {
                    Due = r.DueAt,
                })
                .Concat(
                    received.Select(r => new HomeItem(
                        r.BookingId,
                        "mail",
                        $"Compte rendu de {r.Author ?? "soins non programmés"}",
                        r.CareAt is { } seen ? $"Votre patient vu le {FrenchText.Moment(seen, zone)}" : null,
                        $"/soins-non-programmes/retours/{r.BookingId}",
                        "Lire"
                    ))
                )
                .Take(Most),
        ];
    }
}
