using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Ui;

namespace Parceo.Regulation.Pages;

/// <summary>The page only sends requests; what is typed of a patient is echoed into the answer, never into an address.</summary>
public partial class NewOrientation(IIds ids, TimeProvider clock, IEnumerable<CaseSource> cases)
{
    private static readonly Choice[] Sexes = [new("Female", "Femme"), new("Male", "Homme"), new("Unknown", "Non connu")];
    private static readonly Choice[] YesNo = [new("oui", "Oui"), new("non", "Non")];
    private static readonly Choice[] Lives = [new("home", "À domicile"), new("ehpad", "En Ehpad"), new("other", "Ailleurs")];
    private static readonly Choice[] Girs =
    [
        .. Enumerable.Range(1, 6).Select(g => new Choice(g.ToString(CultureInfo.InvariantCulture), $"GIR {g}")),
    ];
    private static readonly IReadOnlyList<Choice> Reasons = French.Choices<ReasonClass>(French.Of);
    private static readonly IReadOnlyList<Choice> Delays = French.Choices<WantedWithin>(French.Of);
    private static readonly IReadOnlyList<Choice> MtReasons = French.Choices<MtReason>(French.Of);
    private static readonly Choice[] Modes = [.. Enum.GetValues<Mode>().Select(m => new Choice(m.ToString(), French.Of(m)))];

    private IReadOnlyList<ListPools.Row> pools = [];
    private IReadOnlyList<KnownCase> same = []; // told once, then opened all the same
    private CareKind kind;

    [SupplyParameterFromQuery(Name = "type")]
    private string? KindText { get; set; }

    private IIds Ids => ids;
    private bool IsPost => HttpMethods.IsPost(Http.Request.Method);
    private string DefaultReason =>
        (
            kind switch
            {
                CareKind.Psychiatry => ReasonClass.Mental,
                CareKind.Geriatrics or CareKind.GeriatricAdmission => ReasonClass.LossOfAutonomy,
                CareKind.HomeDeathCertificate => ReasonClass.Death,
                _ => ReasonClass.Fever,
            }
        ).ToString();
    private ListPools.Row? Pool => pools.FirstOrDefault(p => p.Kind == kind);
    private string? Prefix => CaseNumber.Prefix(Call.Rights, Now);
    private string number => CaseNumber.Whole(Prefix, Of("dossier") ?? "").Trim();
    private string Where => (Of("lieu") ?? Of("lieuText") ?? "").Trim();
    private string Zone => Call.Rights.Zone;
    private DateTimeOffset Now => clock.GetUtcNow();
    private IReadOnlyList<Segment> Kinds =>
        [
            .. Enum.GetValues<CareKind>()
                .Select(k => new Segment(French.Of(k), $"/soins-non-programmes/orientations/nouveau?type={k}", k == kind)),
        ];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        kind = Enum.TryParse<CareKind>(KindText, out var k) && Enum.IsDefined(k) ? k : CareKind.GeneralMedicine;
        pools = await Sender.Send(new ListPools.Query());
    }

    private async Task Open()
    {
        var opened = Guid.Empty;
        await Try(async _ =>
        {
            // What is no number is no age, and a name that was not chosen nobody's: all that is to correct is told at once.
            var age = int.TryParse(Of("age"), CultureInfo.InvariantCulture, out var years) ? years : -1;
            var mt =
                Guid.TryParse(Of("mt"), out var who) ? who
                : string.IsNullOrWhiteSpace(Of("mtText")) ? (Guid?)null
                : Guid.Empty;
            if (number.Length > 0 && number != Of("deja"))
                same = await AskOnTheWayTo<OpenOrientation.Command, IReadOnlyList<KnownCase>>(Same) ?? [];
            if (same.Count > 0)
                return;
            var details = new OpenOrientation.Details(
                Of("precision"),
                Of("suivi"),
                Of("accompagne") switch
                {
                    "oui" => true,
                    "non" => false,
                    _ => null,
                },
                Of("vit"),
                int.TryParse(Of("gir"), CultureInfo.InvariantCulture, out var gir) ? gir : null,
                Of("lit"),
                Of("trouve"),
                Of("sansObstacle") == "oui" ? true : null
            );
            opened = (
                await Sender.Send(
                    new OpenOrientation.Command(
                        number,
                        age,
                        Value<Sex>("sexe") ?? Sex.Unknown,
                        Where,
                        kind,
                        Value<ReasonClass>("motif") ?? ReasonClass.Other,
                        Value<WantedWithin>("delai") ?? WantedWithin.H4,
                        new(mt, Value<MtReason>("mtRaison"), Of("oppose") == "oui"),
                        Value<Mode>("mode"),
                        null,
                        details,
                        Of("horsSnp") == "oui",
                        Of("file") == "oui"
                    )
                )
            ).OrientationId;
        });
        if (opened != Guid.Empty)
            Go($"/soins-non-programmes/orientations/{opened}");
        else if (Errors.Count > 0 && Where.Length > 0 && ErrorOf("lieu") is null && await PlaceIsUnknown())
            Refuse("place_unknown", "lieu"); // the request looks for it once all else is right
    }

    private async Task<bool> PlaceIsUnknown() =>
        Where.Length <= 120
        && TextRules.IsLine(Where)
        && await Sender.Send(new ResolveLocation.Query(Where)) is not { Departement: not null };

    /// <summary>What this number stands for already, today and in the whole organisation.</summary>
    private async Task<IReadOnlyList<KnownCase>> Same()
    {
        var since = LocalTime.StartOfDay(LocalTime.DayOf(Now, Zone), Zone);
        var known = new List<KnownCase>();
        foreach (var source in cases)
            known.AddRange(await source.Find(number, since, Http.RequestAborted));
        if (User.Can(SlotsPermissions.Book))
            known.AddRange(
                (await Sender.Send(new FindBookingsOfCase.Query(number, since)))
                    .Where(b => b.OrientationId is null || known.TrueForAll(k => k.OrientationId != b.OrientationId))
                    .Select(b => new KnownCase(
                        $"{French.Who(b.Sex, b.Age)}, réservé à {FrenchText.Hour(b.BookedAt, Zone)} : {b.Name}, {French.When(b.Start, b.Zone, Now)}",
                        null,
                        b.OrientationId
                    ))
            );
        return known;
    }

    private string? Of(string name) =>
        IsPost && Http.Request.HasFormContentType && Http.Request.Form[name].ToString() is { Length: > 0 } text ? text : null;

    private T? Value<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Of(name), out var value) && Enum.IsDefined(value) ? value : null;

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "caseReference" => "dossier",
            "place" => "lieu",
            "outsideSnp" => "horsSnp",
            "wanted" => "delai",
            "mt" => "mtRaison",
            "mt.practitionerId" => "mt",
            "details.text" => "precision",
            "details" => "lit",
            _ => member,
        };
}
