using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Ui;

namespace Parceo.Regulation.Pages;

/// <summary>The page only sends requests.</summary>
public partial class OrientationPage(TimeProvider clock, IIds ids, IEnumerable<PersonPanel> panels)
{
    private ShowOrientation.Response? shown;
    private ToastModel? toast;
    private DateTimeOffset now;
    private bool mayHandOver;

    /// <summary>Of the address.</summary>
    [Parameter]
    public Guid OrientationId { get; set; }

    private Guid Id => OrientationId;
    private ShowOrientation.Response s => shown!;
    private OrientationLine c => s.Orientation;
    private string zone => Zones.OfDepartement(c.Departement);
    private IIds Ids => ids;
    private IEnumerable<PersonPanel> Panels => panels.Where(p => p.Place is PersonPlace.Beside or PersonPlace.State);
    private bool CanAct => !(c.ClaimedUntil > now && c.ClaimedBy != User.Id);

    /// <summary>Slots are offered while the orientation looks for one: what is booked or ended offers none.</summary>
    private bool MayBook => c.State is OrientationState.Searching or OrientationState.Held or OrientationState.Open;
    private InvitationView? Winner => s.Asked.FirstOrDefault(a => a.Round == s.Round && a.State == InvitationState.Accepted);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        now = clock.GetUtcNow();
        shown = await Sender.Send(new ShowOrientation.Query(Id));
        // Its lease may run out while the note is written: a form that is posted is there to take it in.
        mayHandOver = Taken || HttpMethods.IsPost(Http.Request.Method);
    }

    /// <summary>Only what one has taken is given back.</summary>
    private bool Taken => c.ClaimedBy == User.Id && c.ClaimedUntil > now && c.ClosedAt is null;

    private async Task Act()
    {
        await Change(async form =>
        {
            if (Enum.TryParse<EscalatedTo>(form["ailleurs"], out var to) && Enum.IsDefined(to))
            {
                await Sender.Send(new EscalateOrientation.Command(Id, to));
                toast = new ToastModel($"Orienté : {FrenchText.Small(French.Of(to))}.");
                return;
            }
            switch (form["acte"].ToString())
            {
                case "prendre":
                    await Sender.Send(new ClaimOrientation.Command(Id));
                    break;
                case "solliciter":
                    await Solicit(null);
                    break;
                case "mt":
                    await Solicit(s.MtPractitionerId);
                    break;
                case "elargir":
                    await Sender.Send(new WidenNow.Command(Id));
                    break;
                case "arreter":
                    await Sender.Send(new StopSolicitation.Command(Id));
                    toast = new ToastModel("Sollicitation arrêtée. Les effecteurs sont prévenus.");
                    break;
                case "rouvrir":
                    await Sender.Send(new ReopenOrientation.Command(Id));
                    break;
                case "classer":
                    await Sender.Send(new CloseOrientation.Command(Id));
                    toast = new ToastModel("Dossier classé.");
                    break;
            }
        });
    }

    private async Task Solicit(Guid? first)
    {
        var asked = await Sender.Send(new StartSolicitation.Command(Id, first));
        toast = new ToastModel(
            asked is { Wave: 0, Asked: 1 } ? $"{s.MtName} est sollicité, seul pour l’instant."
            : asked.Asked == 0 ? "Aucun effecteur à solliciter dans ce rayon."
            : FrenchText.Count(asked.Asked, "effecteur sollicité.", "effecteurs sollicités.")
        );
    }

    private Task Identify() =>
        Change(async form =>
        {
            await Sender.Send(new IdentifyPatient.Command(Id, form["nom"], form["telephone"], new(form["nom-vu"], form["telephone-vu"])));
            toast = new ToastModel(s.BookingId is null ? "Identité gardée." : "Identité gardée. Le professionnel la voit aussi.");
        });

    private Task HandItOver() =>
        Change(async form =>
        {
            await Sender.Send(new HandOver.Command(Id, form["note"].ToString()));
            toast = new ToastModel("Dossier rendu. Le prochain poste voit votre note.");
        });

    /// <summary>What was typed, while it is refused; else what is stored.</summary>
    private string? Typed(string name, string? stored) =>
        Errors.Count > 0 && Http.Request.HasFormContentType && Http.Request.Form.TryGetValue(name, out var typed) ? typed : stored;

    private async Task Change(Func<IFormCollection, Task> act)
    {
        await Try(act);
        (now, shown) = (clock.GetUtcNow(), await Sender.Send(new ShowOrientation.Query(Id)));
        mayHandOver = Taken || Errors.Count > 0; // a note that was refused stays where it was typed
    }

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "name" => "nom",
            "phone" => "telephone",
            _ => member,
        };

    // A point is given to a hundredth of a degree, about a kilometre: enough to sort by distance, too little to be an address.
    private string SearchHref =>
        QueryHelpers.AddQueryString(
            "/soins-non-programmes",
            new Dictionary<string, string?>
            {
                ["lieu"] = s.Precise ? string.Create(CultureInfo.InvariantCulture, $"{s.Latitude:0.00},{s.Longitude:0.00}") : s.Commune,
                ["lieuText"] = s.Precise ? null : c.LocationLabel,
                ["specialite"] = s.Skill,
                ["quand"] = s.Wanted switch
                {
                    WantedWithin.H4 => "4h",
                    WantedWithin.H8 => "8h",
                    WantedWithin.H12 => "12h",
                    WantedWithin.H24 => "24h",
                    WantedWithin.H48 => "48h",
                    _ => null,
                },
                ["mode"] = s.Mode?.ToString(),
                ["orientation"] = Id.ToString(),
                ["mt"] = s.MtReason is null ? s.MtPractitionerId?.ToString() : null,
            }.Where(p => p.Value is not null)
        );

    private IReadOnlyList<TrackStep> Track
    {
        get
        {
            var path = s.Steps.Select(x => x.State).ToList();
            StepState At(params OrientationState[] states) =>
                states.Contains(c.State)
                    ? c.State is OrientationState.Unfilled or OrientationState.NoShow
                        ? StepState.Failed
                        : StepState.Current
                    : path.Any(states.Contains)
                        ? StepState.Done
                        : StepState.Ahead;
            return
            [
                new("Ouvert", At(OrientationState.Open), FrenchText.Grid(c.OpenedAt, zone)),
                new(
                    "Recherche",
                    At(OrientationState.Searching, OrientationState.Held, OrientationState.Soliciting, OrientationState.Unfilled),
                    c.State switch
                    {
                        OrientationState.Soliciting => French.Wave(c.Wave),
                        OrientationState.Held => "créneau tenu",
                        _ => null,
                    }
                ),
                new(
                    "Réservé",
                    At(OrientationState.Accepted, OrientationState.Booked),
                    c.Start is { } start ? FrenchText.Grid(start, zone) : null
                ),
                new("Vu", At(OrientationState.Fulfilled, OrientationState.NoShow)),
                new("Compte rendu", At(OrientationState.FeedbackDue)),
                new("Classé", At(OrientationState.Closed, OrientationState.Escalated, OrientationState.Cancelled)),
            ];
        }
    }

    private IEnumerable<(string Label, string Text)> DetailRows
    {
        get
        {
            yield return ("Type de soin", French.Of(c.Kind));
            yield return ("Mode", French.Of(s.Mode));
            yield return ("Délai", French.Of(s.Wanted));
            yield return (
                "Médecin traitant",
                s.MtName is { } mt
                    ? mt + (s.MtReason is { } why ? $" · {French.Of(why).ToLower(FrenchText.Culture)}" : " · à solliciter d’abord")
                    : French.Of(s.MtReason ?? MtReason.Unknown)
            );
            if (s.OpposedToReport)
                yield return ("Compte rendu", "Le patient s’y oppose");
            if (s.Details.Text is { } text)
                yield return ("Précision", text);
            foreach (var noted in ReasonWords.Noted(c.Kind, s.Details))
                yield return noted;
        }
    }
}
