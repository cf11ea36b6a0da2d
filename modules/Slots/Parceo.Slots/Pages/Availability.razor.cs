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
public partial class Availability(ISender sender, CallContext call, TimeProvider clock, ErrorTexts texts)
{
    private static readonly int[] Hours = [1, 2, 4];

    private IReadOnlyList<Practitioner> people = [];
    private Practitioner? current;
    private GetAvailability.Response? said;
    private IReadOnlyList<FieldError> errors = [];
    private IReadOnlyList<ListOutsideAgendas.Row> outside = [];
    private (string? From, string? To) entry;
    private string? link;
    private string? toast;
    private DateOnly today;
    private DateTimeOffset now,
        eighteen;
    private string zone = "Europe/Paris";

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "pour")]
    private string? For { get; set; }

    private IReadOnlyList<Segment> Agendas =>
        [.. people.Select(p => new Segment(p.Name, $"/soins-non-programmes/disponibilite?pour={p.Id}", p.Id == current?.Id))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        now = clock.GetUtcNow();
        people =
        [
            .. (await sender.Send(new GetPractitioners.Query([.. call.Rights.PractitionersFor(SlotsPermissions.Publish)]))).OrderBy(
                p => p.Name,
                StringComparer.Create(CultureInfo.CurrentCulture, true)
            ),
        ];
        current = people.FirstOrDefault(p => p.Id.ToString() == For) ?? (people.Count > 0 ? people[0] : null);
        if (current?.Activities is [{ Departement: { } departement }, ..])
            zone = Zones.OfDepartement(departement);
        today = LocalTime.DayOf(now, zone);
        eighteen = LocalTime.At(today, new(18, 0), zone);
        if (eighteen <= now)
            eighteen = now.AddHours(1);
        await Load();
    }

    private async Task Load()
    {
        if (current is null)
            return;
        said = await sender.Send(new GetAvailability.Query(current.Id));
        outside = await sender.Send(new ListOutsideAgendas.Query(current.Id));
    }

    private Task Present() =>
        Act(async form =>
        {
            var hours = int.TryParse(form["heures"], CultureInfo.InvariantCulture, out var h) ? Math.Clamp(h, 0, 24) : 0;
            await sender.Send(new SetPresence.Command(current!.Id, hours == 0 ? null : now.AddHours(hours)));
            return hours == 0 ? "Vous n’êtes plus signalé disponible." : $"Disponible jusqu’à {French.Prose(now.AddHours(hours), zone)}.";
        });

    private Task OverCapacity() =>
        Act(async form =>
        {
            if (form["acte"] == "non")
            {
                await sender.Send(new Features.OfferOverCapacity.Command(current!.Id, null));
                return "Les régulateurs ne vous appelleront plus en sus.";
            }
            if (!TimeOnly.TryParse(form["jusque"], CultureInfo.InvariantCulture, out var at))
                throw InvalidException.Of("until", "presence_invalid");
            var until = LocalTime.At(today, at, zone);
            if (until <= now)
                until = LocalTime.At(today.AddDays(1), at, zone); // « 2 h » said at 23 h is tonight
            await sender.Send(new Features.OfferOverCapacity.Command(current!.Id, until, form["note"]));
            return $"Joignable en sus jusqu’à {French.Prose(until, zone)}.";
        });

    private Task Limits() =>
        Act(async form =>
        {
            int? Number(string name) =>
                string.IsNullOrWhiteSpace(form[name]) ? null
                : int.TryParse(form[name], CultureInfo.InvariantCulture, out var n) ? n
                : -1;
            await sender.Send(
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
            var declared = await sender.Send(
                new DeclareAbsence.Command(current!.Id, from, last is { } d ? LocalTime.StartOfDay(d.AddDays(1), zone) : null)
            );
            entry = default;
            return $"{(declared.Hidden == 0 ? "Absence notée." : declared.Hidden == 1 ? "1\u00A0créneau masqué." : $"{declared.Hidden}\u00A0créneaux masqués.")}"
                + (
                    declared.Expected == 0 ? ""
                    : declared.Expected == 1 ? " 1\u00A0patient reste attendu : prévenez-le."
                    : $" {declared.Expected}\u00A0patients restent attendus : prévenez-les."
                );
        });

    private Task Back() =>
        Act(async form =>
        {
            var back = await sender.Send(new EndAbsence.Command(Guid.TryParse(form["fin"], out var id) ? id : Guid.Empty));
            return back.Shown == 0 ? "Absence terminée."
                : back.Shown == 1 ? "Absence terminée. 1\u00A0créneau de nouveau visible."
                : $"Absence terminée. {back.Shown}\u00A0créneaux de nouveau visibles.";
        });

    private Task Link() =>
        Act(async form =>
        {
            link = form["adresse"];
            await sender.Send(new SubscribeAgenda.Command(current!.Id, link ?? ""));
            link = null;
            return "Agenda relié. Parceo le lit maintenant, puis tous les quarts d’heure.";
        });

    private Task Wake() =>
        Act(async form =>
        {
            await sender.Send(new WakeOutsideAgenda.Command(Guid.TryParse(form["agenda"], out var id) ? id : Guid.Empty));
            return "Parceo relit cet agenda.";
        });

    private Task Unlink() =>
        Act(async form =>
        {
            var removed = await sender.Send(new RemoveOutsideAgenda.Command(Guid.TryParse(form["agenda"], out var id) ? id : Guid.Empty));
            return removed.Shown == 0 ? "Agenda retiré."
                : removed.Shown == 1 ? "Agenda retiré. 1\u00A0créneau de nouveau visible."
                : $"Agenda retiré. {removed.Shown}\u00A0créneaux de nouveau visibles.";
        });

    private async Task Act(Func<IFormCollection, Task<string>> act)
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
        await Load();
    }

    private string Words(GetAvailability.AbsenceView a)
    {
        var first = LocalTime.DayOf(a.From, zone);
        if (a.To is not { } to)
            return first <= today
                ? "Mode vacances, jusqu’à ce que vous repreniez"
                : $"À partir du {French.LongDay(first)}, jusqu’à ce que vous repreniez";
        var last = LocalTime.DayOf(to.AddTicks(-1), zone);
        return first == last ? $"Le {French.LongDay(first)}" : $"Du {French.LongDay(first)} au {French.LongDay(last)}";
    }

    private string Words(ListOutsideAgendas.Row a) =>
        a.Failure is { } code
            ? texts.Of(code)
                + (a.Asleep ? " Après trois échecs, la lecture est suspendue ; elle est retentée une fois par jour." : "")
                + (
                    a.ReadAt is { } last
                        ? $" Lu pour la dernière fois {French.When(last, zone, now).ToLower(CultureInfo.CurrentCulture)}."
                        : ""
                )
        : a.ReadAt is not { } at ? "Lecture en cours…"
        : $"Lu à {French.Prose(at, zone)}, {Read(a)}";

    private string Read(ListOutsideAgendas.Row a)
    {
        var times =
            a.Times == 0 ? "aucune plage occupée"
            : a.Times == 1 ? "1\u00A0plage occupée"
            : $"{a.Times}\u00A0plages occupées";
        if (a.Shrank)
            times += ". Plus de la moitié a disparu de l’agenda : Parceo garde ce qu’il savait jusqu’à la prochaine lecture";
        if (a.AsideCode is not { } code)
            return times;
        var aside =
            a.Aside == 0 ? ""
            : a.Aside == 1 ? "1\u00A0événement mis de côté, "
            : $"{a.Aside}\u00A0événements mis de côté, le premier ";
        return $"{times}. {(a.Aside == 0 ? "Ligne" : $"{aside}ligne")} {a.AsideLine}\u00A0: {texts.Of(code)}";
    }

    private string Clock(DateTimeOffset at) => LocalTime.In(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string FieldOf(string member) =>
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
