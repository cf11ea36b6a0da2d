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
public partial class WeekPlan(ISender sender, CallContext call, TimeProvider clock, ErrorTexts texts, IIds ids)
{
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("fr-FR");
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
    private IReadOnlyList<FieldError> errors = [];
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

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "pour")]
    private string? For { get; set; }

    private IIds Ids => ids;
    private IReadOnlyList<Segment> Agendas =>
        [.. people.Select(p => new Segment(p.Name, $"/soins-non-programmes/semaine-type?pour={p.Id}", p.Id == current?.Id))];
    private IReadOnlyList<Choice> Places =>
        [.. current!.Activities.Select(a => new Choice(a.Id.ToString(), a.Structure ?? a.Address ?? a.CommuneName ?? "Cabinet"))];
    private IReadOnlyList<Choice> Replaceable =>
        [.. plans.Select(p => new Choice(p.Id.ToString(), $"{Capital(p.Weekday)}, {p.Start.ToString("HH:mm", Culture)}"))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        people =
        [
            .. (await sender.Send(new GetPractitioners.Query([.. call.Rights.PractitionersFor(SlotsPermissions.Publish)]))).OrderBy(
                p => p.Name,
                StringComparer.Create(CultureInfo.CurrentCulture, true)
            ),
        ];
        current = people.FirstOrDefault(p => p.Id.ToString() == For) ?? (people.Count > 0 ? people[0] : null);
        var zone = current?.Activities is [{ Departement: { } departement }, ..] ? Zones.OfDepartement(departement) : "Europe/Paris";
        today = LocalTime.DayOf(clock.GetUtcNow(), zone);
        entry = entry with { First = Iso(today) };
        await Load(); // forms of each plan must exist before a post is taken in
    }

    private async Task Load() => plans = current is null ? [] : await sender.Send(new ListPlans.Query(current.Id));

    private Task Add() =>
        Try(async form =>
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
            call.IdempotencyKey = form["cle"].ToString() is { Length: > 0 and <= 100 } key ? key : null;
            var planned = await sender.Send(
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
            call.IdempotencyKey = null;
            entry = entry with { Note = "" };
            return planned.Published == 0 ? "Noté. Aucun créneau dans les huit semaines."
                : planned.Published == 1 ? "1\u00A0créneau publié."
                : $"{planned.Published}\u00A0créneaux publiés.";
        });

    private Task Act(ListPlans.PlanView plan) =>
        Try(async form =>
        {
            if (Day(form["retirer"]) is { } out_)
            {
                await sender.Send(new ChangePlanDate.Command(plan.Id, out_, Removed: true));
                return $"Le {Short(out_)} est retiré. Les patients déjà réservés restent attendus.";
            }
            if (Day(form["remettre"]) is { } back)
            {
                await sender.Send(new ChangePlanDate.Command(plan.Id, back, Removed: false));
                return $"Le {Short(back)} est remis.";
            }
            var ended = await sender.Send(new EndPlan.Command(plan.Id, today));
            return $"Arrêté. {(ended.Withdrawn == 1 ? "1\u00A0créneau libre retiré." : $"{ended.Withdrawn}\u00A0créneaux libres retirés.")}";
        });

    private async Task Try(Func<IFormCollection, Task<string>> act)
    {
        if (current is null)
            return;
        try
        {
            toast = await act(Http.Request.Form);
        }
        catch (InvalidException refused)
        {
            errors = [.. refused.Errors.SelectMany(e => e.Value.Select(v => new FieldError(FieldOf(e.Key), texts.Of(v))))];
        }
        catch (RefusalException refused) when (refused.BelongsToForm)
        {
            errors = [new FieldError("", texts.Of(refused.Code))];
        }
        call.IdempotencyKey = null;
        await Load();
    }

    private static string Rules(ListPlans.PlanView p)
    {
        var words = new List<string> { p.Last is { } last ? $"jusqu’au {last.ToString("d MMMM yyyy", Culture)}" : "sans fin" };
        if (p.PublicHolidays)
            words.Add("jours fériés compris");
        if (p.School != SchoolRule.Always)
            words.Add(p.School == SchoolRule.Only ? "vacances scolaires seulement" : "hors vacances scolaires");
        return Capital(string.Join(", ", words));
    }

    private static T Of<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text, out var value) ? value : default;

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var d) ? d : null;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Short(DateOnly day) => day.ToString("d MMM", Culture);

    private static string Capital(DayOfWeek day) => Capital(Culture.DateTimeFormat.GetDayName(day));

    private static string Capital(string text) => string.Concat(char.ToUpper(text[0], Culture).ToString(), text.AsSpan(1));

    private static string FieldOf(string member) =>
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
