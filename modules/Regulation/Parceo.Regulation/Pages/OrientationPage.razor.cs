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
public partial class OrientationPage(
    ISender sender,
    CallContext call,
    TimeProvider clock,
    ErrorTexts texts,
    IIds ids,
    IEnumerable<PersonPanel> panels
)
{
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("fr-FR");

    private ShowOrientation.Response? shown;
    private IReadOnlyList<FieldError> errors = [];
    private ToastModel? toast;
    private DateTimeOffset now;

    /// <summary>Of the address.</summary>
    [Parameter]
    public Guid OrientationId { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private Guid Id => OrientationId;
    private ShowOrientation.Response s => shown!;
    private OrientationLine c => s.Orientation;
    private string zone => Zones.OfDepartement(c.Departement);
    private IIds Ids => ids;
    private ICurrentUser User => call;
    private IEnumerable<PersonPanel> Panels => panels;
    private bool CanAct => !(c.ClaimedUntil > now && c.ClaimedBy != User.Id);
    private InvitationView? Winner => s.Asked.FirstOrDefault(a => a.Round == s.Round && a.State == InvitationState.Accepted);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        now = clock.GetUtcNow();
        shown = await sender.Send(new ShowOrientation.Query(Id));
    }

    private async Task Act()
    {
        var form = Http.Request.Form;
        call.IdempotencyKey = form["cle"].ToString() is { Length: > 0 and <= 100 } key ? key : null;
        await Try(async () =>
        {
            if (Enum.TryParse<EscalatedTo>(form["ailleurs"], out var to) && Enum.IsDefined(to))
            {
                await sender.Send(new EscalateOrientation.Command(Id, to));
                toast = new ToastModel($"Orienté : {French.Of(to).ToLower(Culture)}.");
                return;
            }
            switch (form["acte"].ToString())
            {
                case "prendre":
                    await sender.Send(new ClaimOrientation.Command(Id));
                    break;
                case "solliciter":
                    await Solicit(null);
                    break;
                case "mt":
                    await Solicit(s.MtPractitionerId);
                    break;
                case "elargir":
                    await sender.Send(new WidenNow.Command(Id));
                    break;
                case "arreter":
                    await sender.Send(new StopSolicitation.Command(Id));
                    toast = new ToastModel("Sollicitation arrêtée. Les effecteurs sont prévenus.");
                    break;
                case "rouvrir":
                    await sender.Send(new ReopenOrientation.Command(Id));
                    break;
                case "classer":
                    await sender.Send(new CloseOrientation.Command(Id));
                    toast = new ToastModel("Dossier classé.");
                    break;
            }
        });
    }

    private async Task Solicit(Guid? first)
    {
        var asked = await sender.Send(new StartSolicitation.Command(Id, first));
        toast = new ToastModel(
            asked.Asked == 0 ? "Aucun effecteur à solliciter dans ce rayon."
            : asked.Asked == 1 ? "1 effecteur sollicité."
            : $"{asked.Asked} effecteurs sollicités."
        );
    }

    private Task Identify() =>
        Try(async () =>
        {
            await sender.Send(new IdentifyPatient.Command(Id, Http.Request.Form["nom"], Http.Request.Form["telephone"]));
            toast = new ToastModel("Identité gardée.");
        });

    private Task HandItOver() =>
        Try(async () =>
        {
            await sender.Send(new HandOver.Command(Id, Http.Request.Form["note"].ToString()));
            toast = new ToastModel("Dossier rendu. Le prochain poste voit votre note.");
        });

    /// <summary>What was typed, while it is refused; else what is stored.</summary>
    private string? Typed(string name, string? stored) =>
        errors.Count > 0 && Http.Request.HasFormContentType && Http.Request.Form.TryGetValue(name, out var typed) ? typed : stored;

    private string? ErrorOf(string field) => errors.FirstOrDefault(e => e.FieldId == field)?.Message;

    private async Task Try(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (InvalidException refused)
        {
            errors =
            [
                .. refused.Errors.SelectMany(e =>
                    e.Value.Select(v => new FieldError(
                        e.Key switch
                        {
                            "name" => "nom",
                            "phone" => "telephone",
                            _ => e.Key,
                        },
                        texts.Of(v)
                    ))
                ),
            ];
        }
        catch (RefusalException refused) when (refused.BelongsToForm)
        {
            errors = [new FieldError("", texts.Of(refused.Code))];
        }
        call.IdempotencyKey = null;
        (now, shown) = (clock.GetUtcNow(), await sender.Send(new ShowOrientation.Query(Id)));
    }

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
                new("Ouvert", At(OrientationState.Open), French.Grid(c.OpenedAt, zone)),
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
                    c.Start is { } start ? French.Grid(start, zone) : null
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
                    ? mt + (s.MtReason is { } why ? $" · {French.Of(why).ToLower(Culture)}" : " · à solliciter d’abord")
                    : French.Of(s.MtReason ?? MtReason.Unknown)
            );
            if (s.OpposedToReport)
                yield return ("Compte rendu", "Le patient s’y oppose");
            if (s.Details.Text is { } text)
                yield return ("Précision", text);
            if (s.Details.FollowedBy is { } by)
                yield return ("Suivi en place", by);
            if (s.Details.Accompanied is { } with)
                yield return ("Accompagné", with ? "Oui" : "Non");
            if (s.Details.Lives is { } lives)
                yield return (
                    c.Kind == Contracts.CareKind.HomeDeathCertificate ? "Lieu du décès" : "Vit",
                    lives switch
                    {
                        "home" => "À domicile",
                        "ehpad" => "En Ehpad",
                        _ => "Ailleurs",
                    }
                );
            if (s.Details.Gir is { } gir)
                yield return ("GIR", gir.ToString(Culture));
            if (s.Details.BedConfirmedBy is { } bed)
                yield return ("Lit confirmé par", bed);
            if (s.Details.FoundAt is { } found)
                yield return ("Découverte", found);
            if (s.Details.NoObstacle == true)
                yield return ("Obstacle médico-légal", "Aucun signalé");
        }
    }
}
