using System.Globalization;
using Microsoft.AspNetCore.Components;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Ui;

namespace Parceo.Slots.Pages;

/// <summary>A month of one's own activity; reading it leaves a trace.</summary>
public partial class Activity(ISender sender, CallContext call, TimeProvider clock)
{
    private IReadOnlyList<Practitioner> people = [];
    private Practitioner? current;
    private GetActivity.Response? activity;
    private DateOnly first,
        last;

    [SupplyParameterFromQuery(Name = "pour")]
    private string? For { get; set; }

    [SupplyParameterFromQuery(Name = "mois")]
    private string? Month { get; set; }

    private IReadOnlyList<Segment> Agendas => [.. people.Select(p => new Segment(p.Name, Href(p.Id, first), p.Id == current?.Id))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        people =
        [
            .. (await sender.Send(new GetPractitioners.Query([.. call.Rights.PractitionersFor(SlotsPermissions.Publish)]))).OrderBy(
                p => p.Name,
                FrenchText.ByName
            ),
        ];
        current = people.FirstOrDefault(p => p.Id.ToString() == For) ?? (people.Count > 0 ? people[0] : null);
        var zone = French.ZoneOf(current, call.Rights);
        var today = LocalTime.DayOf(clock.GetUtcNow(), zone);
        first =
            DateOnly.TryParseExact(Month + "-01", "yyyy-MM-dd", out var d) && d.Year is >= 2020 and <= 2099
                ? d
                : new(today.Year, today.Month, 1);
        last = first.AddMonths(1).AddDays(-1);
        if (current is not null)
            activity = await sender.Send(new GetActivity.Query(current.Id, first, last));
    }

    private static string Href(Guid practitioner, DateOnly month) =>
        $"/soins-non-programmes/activite?pour={practitioner}&mois={month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Hours(double hours) =>
        $"{(int)hours}\u00A0h{((int)Math.Round(hours % 1 * 60) is var m and > 0 ? $"\u00A0{m:00}" : "")}";
}
