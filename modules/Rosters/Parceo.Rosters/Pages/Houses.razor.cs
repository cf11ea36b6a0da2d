using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Features;
using Parceo.Ui;

namespace Parceo.Rosters.Pages;

/// <summary>The page only sends requests.</summary>
public partial class Houses(IIds ids)
{
    private const int MostHours = 7;
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

    private IReadOnlyList<DutyHouseView> houses = [];
    private DutyHouseView? edited;
    private Entry entry = new("", "", "", "", "", "", []);
    private string? toast;
    private bool plans;

    private sealed record Entry(
        string Name,
        string Address,
        string Commune,
        string CommuneText,
        string Phone,
        string Note,
        IReadOnlyList<HouseHours> Hours
    );

    [SupplyParameterFromQuery(Name = "maison")]
    private string? HouseText { get; set; }

    private IIds Ids => ids;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        plans = User.Can(RostersPermissions.Plan);
        await Load();
        edited = plans && Guid.TryParse(HouseText, out var id) ? houses.FirstOrDefault(h => h.Id == id && h.Own) : null;
        if (edited is { } h)
            entry = new(h.Name, h.Address, h.CommuneCode, h.Commune, h.Phone ?? "", h.Note ?? "", h.Hours);
        OneMore();
    }

    /// <inheritdoc/>
    protected override async Task Load() => houses = await Sender.Send(new Contracts.ListDutyHouses.Query());

    private void OneMore()
    {
        if (entry.Hours.Count < MostHours && !entry.Hours.Any(h => h.Days.Count == 0))
            entry = entry with { Hours = [.. entry.Hours, Empty] };
    }

    private async Task Save()
    {
        await Try(async form =>
        {
            entry = new(
                form["nom"].ToString(),
                form["adresse"].ToString(),
                form["commune"].ToString(),
                form["communeText"].ToString(),
                form["telephone"].ToString(),
                form["note"].ToString(),
                [.. Enumerable.Range(1, MostHours).Select(n => Hours(form, n)).Reverse().SkipWhile(h => h == Empty).Reverse()]
            );
            // A line that is half filled in is not left out unsaid.
            if (Enumerable.Range(1, MostHours).Any(n => !IsWhole(form, n)))
                throw InvalidException.Of("hours", "house_hours_invalid");
            await Sender.Send(
                new SetDutyHouse.Command(
                    edited?.Id,
                    entry.Name,
                    entry.Address,
                    entry.Commune.Length > 0 ? entry.Commune : entry.CommuneText,
                    entry.Phone,
                    entry.Note,
                    [.. entry.Hours.Where(h => h != Empty)],
                    form["ferme"] == "oui",
                    int.TryParse(form["vue"], out var seen) ? seen : null
                )
            );
            toast = edited is null ? "Maison ajoutée." : "Maison enregistrée.";
            if (edited is null)
                entry = new("", "", "", "", "", "", []);
        });
        OneMore();
        await Load();
        if (Errors.Count == 0 && edited is { } before)
            edited = houses.FirstOrDefault(h => h.Id == before.Id); // its new version, for the next change
    }

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "name" => "nom",
            "address" => "adresse",
            "commune" => "commune",
            "phone" => "telephone",
            "note" => "note",
            _ => "",
        };

    // What was refused is shown as typed: half a line is neither midnight nor nothing.
    private string Time(string field, HouseHours hours, TimeOnly at) =>
        Errors.Count > 0 ? Form[field].ToString()
        : hours.Days.Count > 0 ? at.ToString("HH:mm", CultureInfo.InvariantCulture)
        : "";

    private static bool IsTime(IFormCollection form, string field, out TimeOnly time) =>
        TimeOnly.TryParse(form[field], CultureInfo.InvariantCulture, out time);

    private static bool IsWhole(IFormCollection form, int n) =>
        (form[$"jours-{n}"].Count == 0 && form[$"de-{n}"].ToString().Length + form[$"a-{n}"].ToString().Length == 0)
        || (form[$"jours-{n}"].Count > 0 && IsTime(form, $"de-{n}", out _) && IsTime(form, $"a-{n}", out _));

    private static readonly HouseHours Empty = new([], default, default);

    /// <summary>A line as typed, in its place.</summary>
    private static HouseHours Hours(IFormCollection form, int n)
    {
        var days = form[$"jours-{n}"]
            .Select(t => Enum.TryParse<DayOfWeek>(t, out var d) ? (DayOfWeek?)d : null)
            .OfType<DayOfWeek>()
            .Distinct()
            .ToList();
        var (isFrom, isTo) = (IsTime(form, $"de-{n}", out var from), IsTime(form, $"a-{n}", out var to));
        return days.Count > 0 || isFrom || isTo ? new(days, from, to) : Empty;
    }
}
