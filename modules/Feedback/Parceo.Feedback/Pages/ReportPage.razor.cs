using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Feedback.Domain;
using Parceo.Feedback.Features;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Ui;

namespace Parceo.Feedback.Pages;

/// <summary>The page only sends requests; nothing typed is lost when one is refused.</summary>
public partial class ReportPage(IIds ids)
{
    private static readonly Choice[] Asks =
    [
        new("Rien de particulier", "Rien de particulier"),
        new("Revoir sous 48 heures", "Revoir sous 48 h"),
        new("Revoir sous 7 jours", "Revoir sous 7 jours"),
        new("Adapter le traitement", "Adapter le traitement"),
    ];

    private const int LongestReason = 300;

    private ShowReport.Response? report;
    private Entry entry = new("", "", "", "", "Rien de particulier", "", "");
    private string? toast,
        noted;
    private string patient = "",
        key = "";

    private sealed record Entry(string Reason, string Findings, string Treatment, string More, string Ask, string Mt, string MtText);

    [Parameter]
    public Guid BookingId { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        key = ids.New().ToString();
        await Load();
    }

    /// <inheritdoc/>
    protected override async Task Load()
    {
        try
        {
            report = await Sender.Send(new ShowReport.Query(BookingId));
            if (report.MayWrite)
            {
                var seen = await Sender.Send(new GetSeenPatient(BookingId));
                (patient, noted) = (PatientWords.Of(seen.Patient), seen.Reason);
                if (!HttpMethods.IsPost(Http.Request.Method) && noted?.Split('\n')[0] is { } reason)
                    entry = entry with { Reason = reason[..Math.Min(reason.Length, LongestReason)] };
            }
        }
        catch (NotFoundException)
        {
            report = null;
            if (!Http.Response.HasStarted)
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task Send()
    {
        string Of(string name) => Form[name].ToString();
        entry = new(Of("motif"), Of("constat"), Of("traitement"), Of("precision"), Of("demande"), Of("mt"), Of("mtText"));
        await Try(async _ =>
        {
            var ask = Asks.Any(a => a.Value == entry.Ask) && entry.Ask != Asks[0].Value ? entry.Ask : "";
            var asked = string.Join(". ", new[] { ask, entry.More.Trim() }.Where(t => t.Length > 0));
            await Sender.Send(
                new WriteReport.Command(
                    BookingId,
                    entry.Reason,
                    entry.Findings,
                    entry.Treatment,
                    asked,
                    Guid.TryParse(entry.Mt, out var mt) ? mt : null
                )
            );
            toast = "Retour envoyé. Vous verrez ici quand il est lu.";
        });
        await Load();
    }

    private async Task MarkRead()
    {
        await Send(new OpenReport.Command(BookingId));
        if (Errors.Count == 0)
            toast = "Merci : votre confrère voit que c’est lu.";
        await Load();
    }

    private static bool Failed(SecureMail.Contracts.MailState state) =>
        state
            is SecureMail.Contracts.MailState.Refused
                or SecureMail.Contracts.MailState.Bounced
                or SecureMail.Contracts.MailState.IntegrationError
                or SecureMail.Contracts.MailState.GivenUp;

    private string MailLine(SecureMail.Contracts.MailState state, DateTimeOffset? at) =>
        state switch
        {
            SecureMail.Contracts.MailState.Waiting =>
                "Le médecin traitant n’a pas de compte : le retour part par MSSanté, dès que l’opérateur le prend.",
            SecureMail.Contracts.MailState.Sent => $"Envoyé par MSSanté{On(at)}.",
            SecureMail.Contracts.MailState.Received => $"Reçu par MSSanté{On(at)}.",
            _ => "L’envoi par MSSanté a échoué : prévenez le médecin traitant par un autre moyen.",
        };

    private string On(DateTimeOffset? at) => at is { } known ? $" le {FrenchText.Moment(known, Call.Rights.Zone)}" : "";

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "reason" => "motif",
            "findings" => "constat",
            "treatment" => "traitement",
            "asked" => "precision",
            "mtPractitionerId" => "mt",
            _ => "motif",
        };
}
