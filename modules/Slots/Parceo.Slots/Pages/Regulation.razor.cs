using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Slots.Search;
using Parceo.Ui;

namespace Parceo.Slots.Pages;

/// <summary>The page only sends requests; what the regulator types of a patient is echoed into the answer, never into an address.</summary>
public partial class Regulation(
    NavigationManager navigation,
    TimeProvider clock,
    IIds ids,
    IConfiguration settings,
    IEnumerable<SearchPanel> panels,
    IEnumerable<CaseSource> cases
)
{
    private const int PageSize = 200;
    private static readonly Choice[] Sexes = [new("female", "Femme"), new("male", "Homme"), new("unknown", "Non connu")];
    private static readonly Choice[] Modes =
    [
        new("Cabinet", "Cabinet"),
        new("Teleconsultation", "Téléconsultation"),
        new("Visite", "Visite"),
    ];
    private static readonly Choice[] Radii =
    [
        .. new[] { 5, 10, 15, 20, 30, 50, 80 }.Select(r => new Choice(r.ToString(CultureInfo.InvariantCulture), $"{r}\u00A0km")),
    ];
    private static readonly Choice[] Whens =
    [
        new("aujourdhui", "Aujourd’hui"),
        new("demain", "Demain"),
        new("4h", "Sous 4\u00A0h"),
        new("8h", "Sous 8\u00A0h"),
        new("12h", "Sous 12\u00A0h"),
        new("24h", "Sous 24\u00A0h"),
        new("48h", "Sous 48\u00A0h"),
    ];
    private static readonly HashSet<string> OfThePatient = ["medecin", "mt", "quand", "mode", "specialite", "suite", "reserve"];
    private static readonly Choice[] Skills =
    [
        new(SkillGroups.GeneralPractice, "Médecine générale"),
        new("SM42", "Psychiatrie"),
        new("SM18", "Gériatrie"),
        new("*", "Toutes"),
    ];

    private readonly TimeSpan holdTime = TimeSpan.FromMinutes(settings.GetValue("Slots:HoldMinutes", 3.0));
    private IReadOnlyList<BookingView> bookings = [];
    private Dictionary<Guid, Practitioner> doctors = [];
    private FoundEffectors? found;
    private FindLiveBooking.Response? bookedFor; // nothing more is offered for that orientation
    private ShowHold.HeldPlace? held;
    private Entry entry = Entry.Empty;
    private IReadOnlyList<FoundSlot>? alternatives,
        near;
    private IReadOnlyList<KnownCase> same = []; // what the number that is booked for stands for already
    private string? lost,
        searchError;
    private ExplainNamedSearch.Missed? missed;
    private Guid? booked;
    private PatientPost? refused;
    private ToastModel? toast;
    private Location? where;
    private int seed;
    private bool done; // a booking by this act: the next case begins at the results, where every key works
    private DateTimeOffset now;

    /// <summary>What stands in the dossier's fields.</summary>
    private sealed record Entry(string CaseReference, string Age, string Sex, string Name, string Phone, string Reason)
    {
        public static readonly Entry Empty = new("", "", "unknown", "", "", "");
    }

    [SupplyParameterFromQuery(Name = "lieu")]
    private string? Place { get; set; }

    [SupplyParameterFromQuery(Name = "lieuText")]
    private string? PlaceText { get; set; }

    [SupplyParameterFromQuery(Name = "specialite")]
    private string? Skill { get; set; }

    [SupplyParameterFromQuery(Name = "quand")]
    private string? WhenText { get; set; }

    [SupplyParameterFromQuery(Name = "mode")]
    private string? ModeText { get; set; }

    [SupplyParameterFromQuery(Name = "rayon")]
    private string? RadiusText { get; set; }

    [SupplyParameterFromQuery(Name = "medecin")]
    private string? DoctorText { get; set; }

    [SupplyParameterFromQuery(Name = "tirage")]
    private string? SeedText { get; set; }

    [SupplyParameterFromQuery(Name = "orientation")]
    private string? OrientationText { get; set; }

    [SupplyParameterFromQuery(Name = "mt")]
    private string? MtText { get; set; }

    [SupplyParameterFromQuery(Name = "suite")]
    private string? Next { get; set; }

    /// <summary>What was booked a moment ago, on the way back to a search without that patient's filters.</summary>
    [SupplyParameterFromQuery(Name = "reserve")]
    private string? JustBooked { get; set; }

    /// <summary>The place that is searched, as typed or chosen.</summary>
    private string? SearchedPlace => string.IsNullOrWhiteSpace(Place) ? PlaceText : Place;

    /// <summary>The orientation that is searched for: it learns of the booking.</summary>
    private Guid? Orientation => Given.Id(OrientationText);

    /// <summary>The médecin traitant, shown first when they have a slot (W1.2).</summary>
    private Guid? Mt => Given.Id(MtText);

    /// <summary>Only this doctor's slots, by a part of their name.</summary>
    private string? DoctorName => string.IsNullOrWhiteSpace(DoctorText) ? null : DoctorText.Trim();

    /// <summary>« Nuit », « Dimanche », where the patient is or else the regulators are; null in ordinary hours.</summary>
    private string? DutyTime =>
        SnpSurcharge.DutyTime(now, Zones.OfDepartement(where?.Departement, Call.Rights.Zone), where?.Departement ?? Call.Rights.Home ?? "");
    private string? Prefix => CaseNumber.Prefix(Call.Rights, now);
    private IIds Ids => ids;

    private bool Can(string permission) => User.Can(permission);

    private string? Wrong(string field) => ErrorOf(field) is null ? null : "true";

    /// <summary>What the search asks for, in words: which of it a doctor found by name does not meet.</summary>
    private string WantedWords =>
        missed switch
        {
            ExplainNamedSearch.Missed.Mode => Enum.TryParse<Mode>(ModeText, out var mode)
                ? $"en {French.Of(mode).ToLower(FrenchText.Culture)}"
                : "",
            ExplainNamedSearch.Missed.Skill => "dans la spécialité cherchée",
            _ => WhenText switch
            {
                "aujourdhui" => "d’ici ce soir",
                "demain" => "demain",
                "4h" or "8h" or "12h" or "24h" or "48h" => $"dans les {WhenText[..^1]}\u00A0h",
                _ => "d’ici après-demain",
            },
        };

    private string Address => navigation.ToAbsoluteUri(navigation.Uri).PathAndQuery;
    private bool FocusPlace => found is null && held is null && Errors.Count == 0;
    private string DefaultRadius => found is { } f && RadiusText is null or "" ? $"{found?.RadiusKm ?? 20:0.#}\u00A0km" : "Habituel";
    private string? WiderHref =>
        found is null ? null : With("rayon", Math.Min(500, found.RadiusKm * 2).ToString("0", CultureInfo.InvariantCulture));
    private string ExportHref => $"/api/slots/bookings.csv?from={Iso(-30)}&to={Iso(0)}";
    private string? NextHref => found?.Next is { } n ? With("suite", n) : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        now = clock.GetUtcNow();
        seed =
            int.TryParse(SeedText, CultureInfo.InvariantCulture, out var s) && s > 0 && s < int.MaxValue
                ? s
                : 1 + Random.Shared.Next(int.MaxValue - 2);
        if (!Can(SlotsPermissions.Search))
        {
            // A professional's slots are a page of their own. Nothing is asked for before a place is typed: whoever has neither right is told here.
            if (!Can(SlotsPermissions.Publish))
                throw new ForbiddenException();
            Go("/soins-non-programmes/creneaux");
            return;
        }
        if (HttpMethods.IsPost(Http.Request.Method))
            return; // the act loads what is true after it
        // The order at random is part of the address: a live look, a reload, a shared link show the same list.
        if (
            seed.ToString(CultureInfo.InvariantCulture) != SeedText
            && !(string.IsNullOrWhiteSpace(Place) && string.IsNullOrWhiteSpace(PlaceText))
        )
        {
            Go(With("tirage", seed.ToString(CultureInfo.InvariantCulture)));
            return;
        }
        await Load();
    }

    /// <inheritdoc/>
    protected override async Task Load()
    {
        var fragment = Http.Request.Headers["X-Parceo-Fragment"].ToString();
        if (fragment != "resultats" && Can(SlotsPermissions.Book))
        {
            bookings = (await Sender.Send(new ListBookings.Query(100, Since: Today()))).Bookings;
            if (bookings.Count > 0)
                doctors = (
                    await Sender.Send(new GetPractitioners.Query([.. bookings.Select(b => b.PractitionerId).Distinct()]))
                ).ToDictionary(p => p.Id);
        }
        if (fragment == "reservations")
            return;
        if (
            fragment.Length == 0
            && !HttpMethods.IsPost(Http.Request.Method)
            && Given.Id(JustBooked) is { } just
            && bookings.Any(b => b.Id == just && b.State == BookingState.Booked && b.BookedAt > now.AddMinutes(-1))
        )
            Booked(just);
        if (Can(SlotsPermissions.Book))
        {
            held = await Sender.Send(new ShowHold.Query());
            bookedFor = Orientation is { } orientation ? await Sender.Send(new FindLiveBooking.Query(orientation)) : null;
        }
        await Search();
    }

    /// <summary>Since when « mine of today » are: midnight there, and at night what was booked before it, too.</summary>
    private DateTimeOffset Today()
    {
        var (midnight, evening) = (LocalTime.StartOfDay(LocalTime.DayOf(now, Call.Rights.Zone), Call.Rights.Zone), now.AddHours(-12));
        return midnight < evening ? midnight : evening;
    }

    private async Task Search()
    {
        var place = SearchedPlace;
        if (string.IsNullOrWhiteSpace(place))
            return;
        try
        {
            var (start, end) = Window();
            var answer = await Sender.Send(
                new SearchSlots.Query(
                    place,
                    Number(RadiusText),
                    Skill == "*" ? null : Skill ?? SkillGroups.GeneralPractice,
                    start,
                    end,
                    Mode: Enum.TryParse<Mode>(ModeText, out var mode) ? mode : null,
                    Seed: seed,
                    Limit: PageSize,
                    Next: string.IsNullOrEmpty(Next) ? null : Next,
                    Name: DoctorName,
                    Count: true
                )
            );
            where = answer.Location;
            var zone = Zones.OfDepartement(answer.Location.Departement, Call.Rights.Zone);
            found = FoundEffectors.Of(
                answer.Slots,
                answer.Next is not null,
                answer.Location.Label,
                answer.RadiusKm,
                answer.Order,
                answer.Seed,
                LocalTime.DayOf(now, zone),
                Mt,
                answer.Effectors
            );
            if (answer.Slots.Count == 0 && DoctorName is { } name)
            {
                var explained = await Sender.Send(
                    new ExplainNamedSearch.Query(
                        place,
                        answer.RadiusKm,
                        name,
                        Skill == "*" ? null : Skill ?? SkillGroups.GeneralPractice,
                        Enum.TryParse<Mode>(ModeText, out var only) ? only : null
                    )
                );
                (missed, near) = (explained.Missed, explained.Slots);
            }
            else if (answer.Slots.Count == 0 && Next is null or "")
                near = await Sender.Send(
                    new SuggestSlots.Query(
                        place,
                        answer.RadiusKm,
                        Skill == "*" ? null : Skill ?? SkillGroups.GeneralPractice,
                        start,
                        end,
                        Enum.TryParse<Mode>(ModeText, out var wanted) ? wanted : null
                    )
                );
        }
        catch (InvalidException wrong)
        {
            searchError = Texts.Of(wrong.Errors.Values.SelectMany(v => v).FirstOrDefault() ?? wrong.Code);
        }
    }

    private async Task Act()
    {
        var form = Http.Request.Form;
        if (PatientPost.Of(form) is { } patient)
        {
            refused = patient;
            if (await Try(async _ => await Sender.Send(patient.Command)))
                (refused, toast) = (null, new ToastModel("Identité gardée. Le médecin la voit aussi."));
            await Load();
            return;
        }
        entry = new(
            form["dossier"].ToString(),
            form["age"].ToString(),
            form["sexe"].ToString(),
            form["nom"].ToString(),
            form["telephone"].ToString(),
            form["motif"].ToString()
        );
        await Try(async _ =>
        {
            if (Given.Id(form["reserver"]) is { } range)
                await Book(range);
            else if (Given.Id(form["tenir"]) is { } wanted)
                await Hold(wanted);
            else if (Given.Id(form["relacher"]) is { } hold)
                await Sender.Send(new ReleaseHold.Command(hold));
            else if (Given.Id(form["annuler"]) is { } booking)
                await Cancel(booking);
        });
        if (booked is { } just && Orientation is null && await ForTheNext() is var next && next != Address)
        {
            Go(QueryHelpers.AddQueryString(next, "reserve", just.ToString()));
            return;
        }
        await Load();
    }

    /// <summary>The address without what was searched for one patient; the commune and the radius are the desk's.</summary>
    private async Task<string> ForTheNext()
    {
        var uri = navigation.ToAbsoluteUri(navigation.Uri);
        var point = SearchedPlace is { Length: > 0 } place && await Ask(new ResolveLocation.Query(place)) is { Precise: true };
        return uri.AbsolutePath
            + QueryString.Create(
                QueryHelpers
                    .ParseQuery(uri.Query)
                    .Where(p => !OfThePatient.Contains(p.Key) && !(point && p.Key is "lieu" or "lieuText"))
                    .Select(p => KeyValuePair.Create(p.Key, (string?)p.Value.ToString()))
            );
    }

    private Task Hold(Guid range) => OrOffer(range, () => Sender.Send(new HoldPlace.Command(range, Orientation)));

    private async Task Book(Guid range)
    {
        // What is no number is no age: told together with all the rest that is to correct.
        var age = int.TryParse(entry.Age, CultureInfo.InvariantCulture, out var years) ? years : -1;
        var number = CaseNumber.Whole(Prefix, entry.CaseReference).Trim();
        if (number.Length > 0 && number != Form["deja"])
            same = await AskOnTheWayTo<BookSlot.Command, IReadOnlyList<KnownCase>>(() => Same(number)) ?? [];
        if (same.Count > 0)
            return;
        var sex = Enum.TryParse<Sex>(entry.Sex, ignoreCase: true, out var s) ? s : Sex.Unknown;
        await OrOffer(range, async () =>
        {
            var answer = await Sender.Send(
                new BookSlot.Command(range, number, new(age, sex, entry.Name, entry.Phone), Orientation, entry.Reason)
            );
            entry = Entry.Empty;
            Booked(answer.BookingId);
        });
    }

    private void Booked(Guid booking)
    {
        toast = new ToastModel(
            "Réservé. Le médecin le voit déjà.",
            Address,
            new Dictionary<string, string> { ["_handler"] = "actes", ["annuler"] = booking.ToString() }
        );
        (booked, done) = (booking, true);
    }

    /// <summary>What this number stands for already, today and in the whole organisation: another patient, or the same one once more.</summary>
    private async Task<IReadOnlyList<KnownCase>> Same(string number)
    {
        var known = (await Sender.Send(new Contracts.FindBookingsOfCase.Query(number, Today())))
            .Select(b => new KnownCase(
                $"{French.Of(new PatientTraits(b.Age, b.Sex))}, réservé à {FrenchText.Hour(b.BookedAt, Call.Rights.Zone)} : {b.Name}, {French.When(b.Start, b.Zone, now).ToLower(FrenchText.Culture)}",
                null,
                b.OrientationId
            ))
            .ToList();
        foreach (var source in cases)
            known.AddRange(
                (await source.Find(number, Today(), Http.RequestAborted)).Where(c =>
                    known.TrueForAll(k => k.OrientationId is null || k.OrientationId != c.OrientationId)
                )
            );
        return [.. known.Where(k => k.OrientationId is null || k.OrientationId != Orientation)];
    }

    private async Task Cancel(Guid booking)
    {
        await Sender.Send(new CancelBooking.Command(booking));
        toast = new ToastModel("Réservation annulée. La place est de nouveau libre.");
    }

    private async Task OrOffer(Guid range, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ConflictException gone)
            when (gone.Code is "slot_full" or "slot_closed" or "slot_past" or "effector_absent" or "effector_limit" or "effector_busy")
        {
            lost = gone.Code;
            alternatives = await Sender.Send(new FindAlternatives.Query(range, Place: SearchedPlace));
        }
    }

    // Held, but the dossier is not filled in yet: the cursor goes there instead of to « Réserver ».
    private string? MissingField =>
        held is null ? null
        : entry.CaseReference.Length == 0 ? "dossier"
        : entry.Age.Length == 0 ? "age"
        : null;

    private string? FocusOn(string field) => Errors.Count == 0 && MissingField == field ? "" : null;

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "caseReference" => "dossier",
            "patient.age" => "age",
            "patient.sex" => "sexe",
            "patient.name" => "nom",
            "patient.phone" => "telephone",
            "reason" => refused?.FieldOf(member) ?? "motif",
            _ => refused?.FieldOf(member) ?? "",
        };

    /// <summary>What « Quand » asks for (W1.1); nothing means the three days of the columns.</summary>
    private (DateTimeOffset? From, DateTimeOffset? To) Window()
    {
        var zone = Call.Rights.Zone; // the territory is metropolitan or one overseas département: it decides what « demain » means
        var today = LocalTime.DayOf(now, zone);
        return WhenText switch
        {
            "aujourdhui" => (null, LocalTime.StartOfDay(today.AddDays(1), zone)),
            "demain" => (LocalTime.StartOfDay(today.AddDays(1), zone), LocalTime.StartOfDay(today.AddDays(2), zone)),
            "4h" or "8h" or "12h" or "24h" or "48h" => (null, now.AddHours(int.Parse(WhenText[..^1], CultureInfo.InvariantCulture))),
            _ => (null, null),
        };
    }

    /// <summary>A day so many from today.</summary>
    private string Iso(int days) =>
        LocalTime.DayOf(now, Call.Rights.Zone).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static double? Number(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var n) ? n : null;

    private string With(string name, string value)
    {
        var uri = navigation.ToAbsoluteUri(navigation.Uri);
        var query = QueryHelpers.ParseQuery(uri.Query).ToDictionary(p => p.Key, p => (string?)p.Value.ToString());
        (query[name], query["tirage"]) = (value, seed.ToString(CultureInfo.InvariantCulture));
        return QueryHelpers.AddQueryString(uri.AbsolutePath, query);
    }
}
