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
public partial class WeekPlan(TimeProvider clock, IIds ids)
{
    private static readonly DayOfWeek[] Week =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
        DayOfWeek.Saturday,
        DayOfWeek.Sunday,
    ];
    private static readonly Choice[] Modes =
    [
        new("Cabinet", "Cabinet"),
        new("Teleconsultation", "Téléconsultation"),
        new("Visite", "Visite"),
    ];
    private static readonly Choice[] Weekdays = [.. Week.Select(d => new Choice(d.ToString(), Capital(d)))];
    private static readonly Choice[] SchoolRules =
    [
        new("Always", "Toute l’année"),
        new("Except", "Sauf vacances scolaires"),
        new("Only", "Vacances scolaires seulement"),
    ];

    private IReadOnlyList<Practitioner> people = [];
    private Practitioner? current;
    private IReadOnlyList<ListPlans.PlanView> plans = [];
    private Entry entry = new("Monday", "17:00", 3, 20, 1, "", "Cabinet", "", "", "Always", false, "");
    private string? toast;
    private DateOnly today;

    private sealed record Entry(
        string Day,
        string At,
        int Slots,
        int Minutes,
        int Capacity,
        string Activity,
        string Mode,
        string First,
        string Last,
        string School,
        bool Holidays,
        string Note
    );

    [SupplyParameterFromQuery(Name = "pour")]
    private string? For { get; set; }

    private IIds Ids => ids;
    private IReadOnlyList<Segment> Agendas =>
        [.. people.Select(p => new Segment(p.Name, $"/soins-non-programmes/semaine-type?pour={p.Id}", p.Id == current?.Id))];
    private IReadOnlyList<Choice> Places =>
        [.. current!.Activities.Select(a => new Choice(a.Id.ToString(), a.Structure ?? a.Address ?? a.CommuneName ?? "Cabinet"))];
    private IReadOnlyList<Choice> Replaceable =>
        [.. plans.Select(p => new Choice(p.Id.ToString(), $"{Capital(p.Weekday)}, {FrenchText.Hour(p.Start)}"))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!User.Can(SlotsPermissions.Publish))
            throw new ForbiddenException();
        people =
        [
            .. (await Sender.Send(new GetPractitioners.Query([.. Call.Rights.PractitionersFor(SlotsPermissions.Publish)]))).OrderBy(
                p => p.Name,
                FrenchText.ByName
            ),
        ];
        current = people.FirstOrDefault(p => p.Id.ToString() == For) ?? (people.Count > 0 ? people[0] : null);
        var zone = French.ZoneOf(current, Call.Rights);
        today = LocalTime.DayOf(clock.GetUtcNow(), zone);
        entry = entry with { First = Iso(today) };
        await Load(); // forms of each plan must exist before a post is taken in
    }

    /// <inheritdoc/>
    protected override async Task Load() => plans = current is null ? [] : await Sender.Send(new ListPlans.Query(current.Id));

    private async Task Add()
    {
        Guid? added = null;
        await Change(async form =>
        {
            int Whole(string name, int otherwise) => int.TryParse(form[name], CultureInfo.InvariantCulture, out var n) ? n : otherwise;
            entry = new(
                form["jour"].ToString(),
                form["heure"].ToString(),
                Whole("nombre", 1),
                Whole("duree", 20),
                Whole("places", 1),
                form["lieu"].ToString(),
                form["mode"].ToString(),
                form["premier"].ToString(),
                form["dernier"].ToString(),
                form["ecole"].ToString(),
                form["feries"] == "oui",
                form["note"].ToString()
            );
            if (!TimeOnly.TryParse(entry.At, CultureInfo.InvariantCulture, out var at))
                throw InvalidException.Of("start", "slot_time");
            DateOnly? last = string.IsNullOrWhiteSpace(entry.Last)
                ? null
                : Day(entry.Last) ?? throw InvalidException.Of("last", "plan_period");
            var activity = Guid.TryParse(entry.Activity, out var a)
                ? a
                : current!.Activities.Select(x => (Guid?)x.Id).FirstOrDefault()
                    ?? throw InvalidException.Of("activityId", "activity_unknown");
            var planned = await Sender.Send(
                new PlanSlots.Command(
                    current!.Id,
                    activity,
                    Of<DayOfWeek>(entry.Day),
                    at,
                    entry.Minutes,
                    entry.Slots,
                    entry.Capacity,
                    Of<Mode>(entry.Mode),
                    Day(entry.First) ?? today,
                    last,
                    entry.Note,
                    entry.Holidays,
                    Of<SchoolRule>(entry.School),
                    Guid.TryParse(form["remplace"], out var before) ? before : null
                )
            );
            entry = entry with { Note = "" };
            added = planned.PlanId;
            return planned.Published == 0
                ? "Noté. Aucun créneau dans les huit semaines."
                : FrenchText.Count(planned.Published, "créneau publié.", "créneaux publiés.");
        });
        // The key of an act is that of one request: what is read beside it is read after it.
        if (plans.FirstOrDefault(p => p.Id == added) is { Skipped.Count: > 0 } plan)
            toast += $" Dates sautées : {SkippedText(plan)}";
    }

    private Task Act(ListPlans.PlanView plan) =>
        Change(async form =>
        {
            if (Day(form["retirer"]) is { } out_)
            {
                await Sender.Send(new ChangePlanDate.Command(plan.Id, out_, Removed: true));
                return $"Le {Short(out_)} est retiré. Les patients déjà réservés restent attendus.";
            }
            if (Day(form["remettre"]) is { } back)
            {
                await Sender.Send(new ChangePlanDate.Command(plan.Id, back, Removed: false));
                return $"Le {Short(back)} est remis.";
            }
            var ended = await Sender.Send(new EndPlan.Command(plan.Id, today));
            return $"Arrêté. {FrenchText.Count(ended.Withdrawn, "créneau libre retiré.", "créneaux libres retirés.")}";
        });

    private async Task Change(Func<IFormCollection, Task<string>> act)
    {
        if (current is null)
            return;
        await Try(async form => toast = await act(form));
        await Load();
    }

    /// <summary>« 25 déc. (Noël), 1er janv. (Jour de l’An). »</summary>
    private static string SkippedText(ListPlans.PlanView p) =>
        string.Join(", ", p.Skipped.Select(x => $"{Short(x.Date)} ({French.Of(x.Reason, x.Name)})")) + ".";

    private static string Rules(ListPlans.PlanView p)
    {
        var words = new List<string> { p.Last is { } last ? $"jusqu’au {FrenchText.Date(last)}" : "sans fin" };
        if (p.PublicHolidays)
            words.Add("jours fériés compris");
        if (p.School != SchoolRule.Always)
            words.Add(p.School == SchoolRule.Only ? "vacances scolaires seulement" : "hors vacances scolaires");
        return FrenchText.Capital(string.Join(", ", words));
    }

    private static T Of<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text, out var value) ? value : default;

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var d) ? d : null;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Short(DateOnly day) => FrenchText.ShortDay(day);

    private static string Capital(DayOfWeek day) => FrenchText.Capital(FrenchText.Culture.DateTimeFormat.GetDayName(day));

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "start" => "heure",
            "minutes" or "slots" => "duree",
            "capacity" => "places",
            "last" => "dernier",
            "activityId" => "lieu",
            "note" => "note",
            "mode" => "mode",
            _ => "",
        };
}
