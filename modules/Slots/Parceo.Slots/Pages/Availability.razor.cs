using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Ui;

namespace Parceo.Slots.Pages;

/// <summary>The page only sends requests; whose agenda it may show comes from the caller's rights.</summary>
public partial class Availability(TimeProvider clock)
{
    private static readonly int[] Hours = [1, 2, 4];

    private IReadOnlyList<Practitioner> people = [];
    private Practitioner? current;
    private GetAvailability.Response? said;
    private IReadOnlyList<ListOutsideAgendas.Row> outside = [];
    private (string? From, string? To) entry;
    private string? link;
    private string? toast;
    private DateOnly today;
    private DateTimeOffset now,
        eighteen;
    private string zone = "";

    [SupplyParameterFromQuery(Name = "pour")]
    private string? For { get; set; }

    private IReadOnlyList<Segment> Agendas =>
        [.. people.Select(p => new Segment(p.Name, $"/soins-non-programmes/disponibilite?pour={p.Id}", p.Id == current?.Id))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!User.Can(SlotsPermissions.Publish))
            throw new ForbiddenException();
        now = clock.GetUtcNow();
        people =
        [
            .. (await Sender.Send(new GetPractitioners.Query([.. Call.Rights.PractitionersFor(SlotsPermissions.Publish)]))).OrderBy(
                p => p.Name,
                FrenchText.ByName
            ),
        ];
        current = people.FirstOrDefault(p => p.Id.ToString() == For) ?? (people.Count > 0 ? people[0] : null);
        zone = French.ZoneOf(current, Call.Rights);
        today = LocalTime.DayOf(now, zone);
        eighteen = LocalTime.At(today, new(18, 0), zone);
        if (eighteen <= now)
            eighteen = now.AddHours(1);
        await Load();
    }

    /// <inheritdoc/>
    protected override async Task Load()
    {
        if (current is null)
            return;
        said = await Sender.Send(new GetAvailability.Query(current.Id));
        outside = await Sender.Send(new ListOutsideAgendas.Query(current.Id));
    }

    private Task Present() =>
        Act(async form =>
        {
            var hours = int.TryParse(form["heures"], CultureInfo.InvariantCulture, out var h) ? Math.Clamp(h, 0, 24) : 0;
            await Sender.Send(new SetPresence.Command(current!.Id, hours == 0 ? null : now.AddHours(hours)));
            return hours == 0
                ? "Vous n’êtes plus signalé disponible."
                : $"Disponible jusqu’à {FrenchText.Till(now.AddHours(hours), zone)}.";
        });

    private Task OverCapacity() =>
        Act(async form =>
        {
            if (form["acte"] == "non")
            {
                await Sender.Send(new Features.OfferOverCapacity.Command(current!.Id, null));
                return "Les régulateurs ne vous appelleront plus en sus.";
            }
            if (!TimeOnly.TryParse(form["jusque"], CultureInfo.InvariantCulture, out var at))
                throw InvalidException.Of("until", "presence_invalid");
            var until = LocalTime.At(today, at, zone);
            if (until <= now)
                until = LocalTime.At(today.AddDays(1), at, zone); // « 2 h » said at 23 h is tonight
            await Sender.Send(new Features.OfferOverCapacity.Command(current!.Id, until, form["note"]));
            return $"Joignable en sus jusqu’à {FrenchText.Till(until, zone)}.";
        });

    private Task Limits() =>
        Act(async form =>
        {
            int? Number(string name) =>
                string.IsNullOrWhiteSpace(form[name]) ? null
                : int.TryParse(form[name], CultureInfo.InvariantCulture, out var n) ? n
                : -1;
            await Sender.Send(
                new SetLimits.Command(
                    current!.Id,
                    Number("parjour"),
                    Number("parsemaine"),
                    form["visites"] == "oui",
                    form["video"] == "oui"
                )
            );
            return "Enregistré. Les régulateurs voient ce qui reste.";
        });

    private Task Away() =>
        Act(async form =>
        {
            entry = (form["du"], form["au"]);
            if (!DateOnly.TryParseExact(entry.From, "yyyy-MM-dd", out var first) || first < today || first > today.AddDays(731))
                throw InvalidException.Of("from", "absence_period");
            DateOnly? last =
                string.IsNullOrWhiteSpace(entry.To) ? null
                : DateOnly.TryParseExact(entry.To, "yyyy-MM-dd", out var l) && l >= first && l <= first.AddDays(730) ? l
                : throw InvalidException.Of("to", "absence_period");
            var from = first == today ? now : LocalTime.StartOfDay(first, zone);
            var declared = await Sender.Send(
                new DeclareAbsence.Command(current!.Id, from, last is { } d ? LocalTime.StartOfDay(d.AddDays(1), zone) : null)
            );
            entry = default;
            return $"{(declared.Hidden == 0 ? "Absence notée." : FrenchText.Count(declared.Hidden, "créneau masqué.", "créneaux masqués."))}"
                + (
                    declared.Expected == 0
                        ? ""
                        : " "
                            + FrenchText.Count(
                                declared.Expected,
                                "patient reste attendu : prévenez-le.",
                                "patients restent attendus : prévenez-les."
                            )
                );
        });

    private Task Back() =>
        Act(async form =>
        {
            var back = await Sender.Send(new EndAbsence.Command(Guid.TryParse(form["fin"], out var id) ? id : Guid.Empty));
            return "Absence terminée." + VisibleAgain(back.Shown);
        });

    private Task Link() =>
        Act(async form =>
        {
            link = form["adresse"];
            await Sender.Send(new SubscribeAgenda.Command(current!.Id, link ?? ""));
            link = null;
            return "Agenda relié. Parceo le lit maintenant, puis tous les quarts d’heure.";
        });

    private Task Wake() =>
        Act(async form =>
        {
            await Sender.Send(new WakeOutsideAgenda.Command(Guid.TryParse(form["agenda"], out var id) ? id : Guid.Empty));
            return "Parceo relit cet agenda.";
        });

    private Task Unlink() =>
        Act(async form =>
        {
            var removed = await Sender.Send(new RemoveOutsideAgenda.Command(Guid.TryParse(form["agenda"], out var id) ? id : Guid.Empty));
            return "Agenda retiré." + VisibleAgain(removed.Shown);
        });

    private async Task Act(Func<IFormCollection, Task<string>> act)
    {
        if (current is null)
            return;
        await Try(async form => toast = await act(form));
        await Load();
    }

    private static string VisibleAgain(int slots) =>
        slots == 0 ? "" : $" {FrenchText.Count(slots, "créneau de nouveau visible.", "créneaux de nouveau visibles.")}";

    private string Words(GetAvailability.AbsenceView a)
    {
        var first = LocalTime.DayOf(a.From, zone);
        if (a.To is not { } to)
            return first <= today
                ? "Mode vacances, jusqu’à ce que vous repreniez"
                : $"À partir du {FrenchText.LongDay(first)}, jusqu’à ce que vous repreniez";
        var last = LocalTime.DayOf(to.AddTicks(-1), zone);
        return first == last ? $"Le {FrenchText.LongDay(first)}" : $"Du {FrenchText.LongDay(first)} au {FrenchText.LongDay(last)}";
    }

    private string Words(ListOutsideAgendas.Row a) =>
        a.Failure is { } code
            ? Texts.Of(code)
                + (a.Asleep ? " Après trois échecs, la lecture est suspendue ; elle est retentée une fois par jour." : "")
                + (
                    a.ReadAt is { } last
                        ? $" Lu pour la dernière fois {French.When(last, zone, now).ToLower(CultureInfo.CurrentCulture)}."
                        : ""
                )
        : a.ReadAt is not { } at ? "Lecture en cours…"
        : $"Lu à {FrenchText.Hour(at, zone)}, {Read(a)}";

    private string Read(ListOutsideAgendas.Row a)
    {
        var times = a.Times == 0 ? "aucune plage occupée" : FrenchText.Count(a.Times, "plage occupée", "plages occupées");
        if (a.Shrank)
            times += ". Plus de la moitié a disparu de l’agenda : Parceo garde ce qu’il savait jusqu’à la prochaine lecture";
        if (a.AsideCode is not { } code)
            return times;
        var aside = a.Aside == 0 ? "" : FrenchText.Count(a.Aside, "événement mis de côté, ", "événements mis de côté, le premier ");
        return $"{times}. {(a.Aside == 0 ? "Ligne" : $"{aside}ligne")} {a.AsideLine}\u00A0: {Texts.Of(code)}";
    }

    private string Clock(DateTimeOffset at) => LocalTime.In(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "perDay" => "parjour",
            "perWeek" => "parsemaine",
            "until" => "jusque",
            "note" => "note",
            "from" => "du",
            "to" => "au",
            "address" => "adresse",
            _ => "",
        };
}
