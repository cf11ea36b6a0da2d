using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Platform;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Features;
using Parceo.Ui;

namespace Parceo.Rosters.Pages;

/// <summary>The page only sends requests; what may be changed comes from the caller's rights.</summary>
public partial class RosterPage(TimeProvider clock, IIds ids)
{
    private static readonly string[] Columns = ["Nuit", "Journée", "Soirée"];
    private const string Undone = "Affectation annulée";

    private static readonly IReadOnlyList<(DayKinds, string)> Days =
    [
        (DayKinds.Every, "Tous les jours"),
        (DayKinds.Weekday, "En semaine"),
        (DayKinds.Weekday | DayKinds.Saturday, "Du lundi au samedi"),
        (DayKinds.Saturday | DayKinds.SundayOrHoliday, "Samedis, dimanches et fériés"),
        (DayKinds.Saturday, "Samedis"),
        (DayKinds.SundayOrHoliday, "Dimanches et fériés"),
    ];

    private static readonly IReadOnlyList<Choice> Modes =
    [
        new(nameof(FillMode.EachDuty), "À tour de rôle, une garde chacun"),
        new(nameof(FillMode.EachDay), "À tour de rôle, un jour chacun"),
        new(nameof(FillMode.EachWeek), "À tour de rôle, une semaine chacun"),
        new(nameof(FillMode.Fewest), "Au moins chargé d’abord"),
    ];

    private ShowRoster.Response? roster;
    private ShowRoster.DutyLine? chosen;
    private ToastModel? toast;
    private DateOnly month;
    private string reason = "";
    private bool moved,
        filling;
    private int? asked;
    private FillRoster.Response? filled;
    private FillMode mode;
    private List<Fillable> people = [];

    /// <summary>Somebody in the form that fills the month, as chosen there.</summary>
    private sealed record Fillable(Guid Id, string Name, int Before, bool Chosen, DayKinds Days, int? Most);

    /// <summary>Which sector.</summary>
    [Parameter]
    public Guid SectorId { get; set; }

    [SupplyParameterFromQuery(Name = "mois")]
    private string? MonthText { get; set; }

    [SupplyParameterFromQuery(Name = "garde")]
    private string? DutyText { get; set; }

    private IIds Ids => ids;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        month = French.MonthOf(MonthText, LocalTime.DayOf(clock.GetUtcNow(), Call.Rights.Zone));
        mode = Enum.TryParse<FillMode>(Form["comment"], out var chosenMode) ? chosenMode : FillMode.EachDuty;
        await Load();
        Choose(Given.Id(HttpMethods.IsPost(Http.Request.Method) ? Http.Request.Form["garde"] : DutyText));
    }

    /// <inheritdoc/>
    protected override async Task Load()
    {
        try
        {
            roster = await Sender.Send(new ShowRoster.Query(SectorId, month));
        }
        catch (NotFoundException)
        {
            roster = null;
        }
        // Once: what was typed in the form stays.
        if (roster is { Own: true, State: not null, Edition: null } && people.Count == 0)
            people = Typed(await Sender.Send(new ListUsualHolders.Query(SectorId, month)));
    }

    /// <summary>The one asked for; else the first gap to come, else the first gap.</summary>
    private void Choose(Guid? duty, DateTimeOffset? after = null)
    {
        var gaps = roster?.Duties.Where(d => d.Holder is null).ToList() ?? [];
        chosen = roster?.Duties.FirstOrDefault(d => d.Id == duty)
            ?? gaps.Find(d => d.Start > (after ?? clock.GetUtcNow()))
            ?? gaps.FirstOrDefault();
    }

    private async Task Act()
    {
        await Try(async form =>
        {
            if (form["preparer"] == "oui")
            {
                var prepared = await Sender.Send(new PrepareRoster.Command(SectorId, month));
                toast = new ToastModel(
                    prepared.Added == 0 ? "Rien à ajouter : toutes les plages sont là." : $"{prepared.Added}\u00A0gardes préparées."
                );
            }
            else if (form["reprendre"] == "oui" && roster?.RosterId is { } filledRoster)
            {
                var undone = await Sender.Send(new UndoFill.Command(filledRoster, Unpacked(form["remplies"].ToString())));
                toast = new ToastModel(
                    $"Remplissage annulé : {FrenchText.Count(undone.Freed, "garde libre", "gardes libres")} de nouveau."
                );
            }
            else if (int.TryParse(form["publier"], out var gaps) && roster?.RosterId is { } id)
            {
                // Gaps are shown and asked about before they are published.
                if (roster.Edition is null && roster.Gaps > 0 && roster.Gaps != gaps && roster.Gaps < roster.Duties.Count)
                {
                    asked = roster.Gaps;
                    return;
                }
                var published = await Sender.Send(new PublishRoster.Command(id, gaps));
                toast = new ToastModel(
                    published.Gaps == 0
                        ? "Publié. Chacun est prévenu."
                        : $"Publié, {French.Gaps(published.Gaps, roster.Kind)}. Chacun est prévenu."
                );
            }
        });
        await Load();
        Choose(null);
    }

    /// <summary>The people of the form, as typed when it was posted.</summary>
    private List<Fillable> Typed(IReadOnlyList<ListUsualHolders.Usual> usual)
    {
        var form = Form;
        var known = usual.ToDictionary(u => u.PersonId);
        return
        [
            .. usual
                .Select(u => (Id: u.PersonId, u.Name))
                .Concat(form["connu"].Select(Given.Id).OfType<Guid>().Select(id => (Id: id, Name: form[$"nom-{id}"].ToString())))
                .DistinctBy(p => p.Id)
                .Select(p => new Fillable(
                    p.Id,
                    p.Name,
                    known.GetValueOrDefault(p.Id)?.Duties ?? 0,
                    form["connu"].Count == 0 || form["qui"].Contains(p.Id.ToString()),
                    int.TryParse(form[$"jours-{p.Id}"], out var days) && days is > 0 and <= (int)DayKinds.Every
                        ? (DayKinds)days
                        : DayKinds.Every,
                    int.TryParse(form[$"plafond-{p.Id}"], out var most) ? most : null
                )),
        ];
    }

    private async Task Fill()
    {
        filling = true;
        await Try(async form =>
        {
            if (roster?.RosterId is not { } id)
                return;
            if (Given.Id(form["ajout"]) is { } added)
            {
                if (people.TrueForAll(p => p.Id != added))
                    people.Add(new(added, form["ajoutText"].ToString(), 0, true, DayKinds.Every, null));
            }
            else if (form["ajouter"] == "oui" || form["ajoutText"].ToString().Trim().Length > 0)
                throw InvalidException.Of("added", "duty_person_unknown");
            if (form["ajouter"] == "oui")
                return;
            var last = form["copier"] == "oui";
            filled = await Sender.Send(
                new FillRoster.Command(
                    id,
                    last ? FillMode.LastMonth : mode,
                    last ? [] : [.. people.Where(p => p.Chosen).Select(p => new FillRoster.Somebody(p.Id, p.Days, p.Most))]
                )
            );
            filling = false;
        });
        await Load();
        Choose(null);
    }

    /// <summary>What was typed to fill the month, for the page's other forms to carry: an act in one empties no other.</summary>
    private IEnumerable<(string Name, string? Value)> Typed() =>
        Form["connu"].Count == 0
            ? []
            : people
                .SelectMany(p =>
                    new (string, string?)[]
                    {
                        ("connu", p.Id.ToString()),
                        ($"nom-{p.Id}", p.Name),
                        (p.Chosen ? "qui" : "", p.Id.ToString()),
                        ($"jours-{p.Id}", $"{(int)p.Days}"),
                        ($"plafond-{p.Id}", $"{p.Most}"),
                    }
                )
                .Where(f => f.Item1.Length > 0)
                .Append(("comment", mode.ToString()));

    private static string Packed(IReadOnlyList<FillRoster.FilledDuty> filled) =>
        string.Join(' ', filled.Select(f => $"{f.DutyId:n}:{f.Version}"));

    private static IReadOnlyList<FillRoster.FilledDuty> Unpacked(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(f => f.Split(':'))
                .Where(f => f.Length == 2 && Guid.TryParseExact(f[0], "n", out _) && int.TryParse(f[1], out _))
                .Select(f => new FillRoster.FilledDuty(
                    Guid.ParseExact(f[0], "n"),
                    int.Parse(f[1], System.Globalization.CultureInfo.InvariantCulture)
                )),
        ];

    private string Role => French.RoleOf(roster!.Kind);
    private string Suggestions => French.PeopleOf(roster!.Kind);

    private async Task Assign()
    {
        if (chosen is not { } duty || roster is null)
            return;
        await Try(async form =>
        {
            reason =
                form["motif"].ToString() is { Length: > 0 } said ? said
                : form["annuler"] == "oui" ? Undone
                : "";
            var field = $"qui-{duty.Id:n}";
            var person = Given.Id(form["volontaire"]) ?? Given.Id(form[field]);
            if (person is null && form["liberer"] != "oui")
                throw InvalidException.Of("personId", "duty_person_unknown");
            var done = await Sender.Send(
                new AssignDuty.Command(duty.Id, person, reason, int.TryParse(form["vue"], out var seen) ? seen : null)
            );
            toast = new ToastModel(
                $"{(done.Name is { } name ? $"Confiée à {name}" : $"Sans {Role}")}. {French.Gaps(done.Gaps, roster.Kind)}.",
                Href(month, duty.Id),
                new Dictionary<string, string>
                {
                    ["_handler"] = "confier",
                    ["garde"] = duty.Id.ToString(),
                    ["vue"] = done.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ["annuler"] = "oui",
                    [done.Before is null ? "liberer" : "volontaire"] = done.Before?.ToString() ?? "oui",
                }
            );
        });
        await Load();
        moved = Errors.Count == 0;
        Choose(Errors.Count == 0 ? null : duty.Id, duty.Start);
        if (moved)
            reason = "";
    }

    private int ColumnOf(ShowRoster.DutyLine d) =>
        LocalTime.In(d.Start, roster!.Zone).Hour switch
        {
            < 7 => 0,
            < 18 => 1,
            _ => 2,
        };

    private string Href(DateOnly of, Guid? duty = null) =>
        $"/gardes/tableau/{SectorId}?mois={French.IsoMonth(of)}{(duty is null ? "" : $"&garde={duty}")}";

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "reason" => "motif",
            "personId" => $"qui-{chosen?.Id:n}",
            "added" => "ajout",
            _ => "",
        };
}
