using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Features;
using Parceo.Ui;

namespace Parceo.Rosters.Pages;

/// <summary>The page only sends requests.</summary>
public partial class Sectors(TimeProvider clock, IIds ids)
{
    private const int MostRules = 12;
    private static readonly Choice[] Kinds =
    [
        new(nameof(SectorKind.Effection), "Effection"),
        new(nameof(SectorKind.RegulationLine), "Régulation"),
        new(nameof(SectorKind.Pharmacy), "Pharmacies"),
    ];
    private static readonly (DayKinds Kind, string Text)[] Days =
    [
        (DayKinds.Weekday, "Lundi à vendredi"),
        (DayKinds.Saturday, "Samedi"),
        (DayKinds.SundayOrHoliday, "Dimanche et férié"),
    ];

    private IReadOnlyList<ListSectors.Row> rows = [];
    private ShowSector.Response? edited;
    private Entry entry = new(SectorKind.Effection, "", "", "", 3, DutyCalendar.Usual, false);
    private string? toast;
    private DateOnly month;
    private bool plans;

    private sealed record Entry(
        SectorKind Kind,
        string Name,
        string Phone,
        string Communes,
        int MostPerWeek,
        IReadOnlyList<DutyRule> Rules,
        bool Closed
    );

    [SupplyParameterFromQuery(Name = "mois")]
    private string? MonthText { get; set; }

    [SupplyParameterFromQuery(Name = "secteur")]
    private string? SectorText { get; set; }

    private IIds Ids => ids;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        month = French.MonthOf(MonthText, LocalTime.DayOf(clock.GetUtcNow(), Call.Rights.Zone));
        plans = User.Can(RostersPermissions.Plan);
        if (plans && Guid.TryParse(SectorText, out var id))
        {
            try
            {
                edited = await Sender.Send(new ShowSector.Query(id));
            }
            catch (NotFoundException)
            {
                edited = null;
            }
        }
        if (edited is { } s)
            entry = new(
                s.Kind,
                s.Name,
                s.Phone ?? "",
                string.Join('\n', s.Communes.Select(c => $"{c.Code} {c.Name}")),
                s.MostPerWeek,
                s.Rules,
                s.Closed
            );
        OneMore();
        await Load();
    }

    /// <inheritdoc/>
    protected override async Task Load() => rows = await Sender.Send(new ListSectors.Query(month));

    private void OneMore()
    {
        if (entry.Rules.Count < MostRules && !entry.Rules.Any(r => r.Label.Length == 0))
            entry = entry with { Rules = [.. entry.Rules, new DutyRule("", 0, default, default)] };
    }

    private async Task Save()
    {
        await Try(async form =>
        {
            entry = new(
                Enum.TryParse<SectorKind>(form["genre"], out var kind) ? kind : edited?.Kind ?? SectorKind.Effection,
                form["nom"].ToString(),
                form["telephone"].ToString(),
                form["communes"].ToString(),
                int.TryParse(form["semaine"], CultureInfo.InvariantCulture, out var most) ? most : 3,
                [.. Enumerable.Range(1, MostRules).Select(n => Rule(form, n)).OfType<DutyRule>()],
                form["ferme"] == "oui"
            );
            await Sender.Send(
                new SetSector.Command(
                    edited?.Id,
                    entry.Kind,
                    entry.Name,
                    edited?.Departement,
                    entry.Phone,
                    entry.MostPerWeek,
                    await Codes(entry.Communes),
                    entry.Rules,
                    entry.Closed,
                    int.TryParse(form["vue"], CultureInfo.InvariantCulture, out var seen) ? seen : null
                )
            );
            toast = edited is null ? "Secteur créé. Préparez son mois." : "Secteur enregistré.";
            if (edited is null)
                entry = new(SectorKind.Effection, "", "", "", 3, DutyCalendar.Usual, false);
        });
        if (Errors.Count == 0 && edited is { } before)
            edited = await Sender.Send(new ShowSector.Query(before.Id)); // its new version, for the next change
        OneMore();
        await Load();
    }

    private async Task<IReadOnlyList<string>> Codes(string lines)
    {
        var codes = new List<string>();
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(300))
        {
            var word = line.Length > 5 && char.IsAsciiDigit(line[0]) ? line.Split(' ')[0] : line;
            codes.Add(
                (await Sender.Send(new ResolveLocation.Query(word)))?.Commune
                    ?? throw InvalidException.Of("communes", "sector_communes_invalid")
            );
        }
        return codes;
    }

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "name" => "nom",
            "phone" => "telephone",
            "communes" => "communes",
            _ => "",
        };

    private static DutyRule? Rule(IFormCollection form, int n)
    {
        if (form[$"plage-{n}"].ToString().Trim() is not { Length: > 0 } label)
            return null;
        var days = form[$"jours-{n}"].Aggregate((DayKinds)0, (all, text) => Enum.TryParse<DayKinds>(text, out var kind) ? all | kind : all);
        return
            TimeOnly.TryParse(form[$"de-{n}"], CultureInfo.InvariantCulture, out var from)
            && TimeOnly.TryParse(form[$"a-{n}"], CultureInfo.InvariantCulture, out var to)
            ? new(label, days, from, to)
            : new(label, 0, default, default);
    }

    private static string Href(DateOnly of) => $"/gardes/secteurs?mois={French.IsoMonth(of)}";
}
