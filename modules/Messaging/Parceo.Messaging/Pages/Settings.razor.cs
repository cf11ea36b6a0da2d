using System.Globalization;
using Microsoft.AspNetCore.Components;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Messaging.Pages;

/// <summary>The page only sends requests. Days are those of the place; the last one counts whole.</summary>
public partial class Settings
{
    private GetMyChoices.Response choices = new(true, true, false, null, null, null, null);
    private (Guid Id, string Name)? cover;
    private string from = "",
        to = "";
    private string? toast;

    private string Zone => Call.Rights.Zone;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load();

    /// <inheritdoc/>
    protected override async Task Load()
    {
        choices = await Sender.Send(new GetMyChoices.Query());
        cover = choices is { CoverId: { } id, CoveredBy: { } name } ? (id, name) : null;
        (from, to) = (Day(choices.AwayFrom), Day(choices.AwayUntil?.AddSeconds(-1)));
    }

    private async Task Choose()
    {
        await Sender.Send(new SetMyChoices.Command(Form["lecture"] == "oui", Form["presence"] == "oui", Form["entree"] == "oui"));
        toast = "Choix gardés.";
        await Load();
    }

    private async Task Away()
    {
        var form = Form;
        if (form["retour"] == "oui")
        {
            await Sender.Send(new EndAway.Command());
            toast = "Vous êtes de retour.";
            await Load();
            return;
        }
        (from, to) = (form["du"].ToString(), form["au"].ToString());
        cover = Guid.TryParse(form["p"], out var id) ? (id, form[$"n-{id}"].ToString()) : null;
        if (Parse(from) is not { } first || Parse(to) is not { } last)
        {
            Refuse("away_period_invalid", Parse(from) is null ? "du" : "au");
            return;
        }
        await Send(new SetAway.Command(LocalTime.StartOfDay(first, Zone), LocalTime.StartOfDay(last.AddDays(1), Zone), cover?.Id));
        if (Errors.Count > 0)
            return;
        toast = "Absence annoncée.";
        await Load();
    }

    /// <inheritdoc/>
    protected override string FieldOf(string member) => member == "until" ? "au" : "relais";

    private string AwayText(DateTimeOffset until) => $"jusqu’au {FrenchText.Day(until.AddSeconds(-1), Zone)}";

    private string Day(DateTimeOffset? at) =>
        at is { } known ? LocalTime.DayOf(known, Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    private static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 2000 and < 2200
            ? day
            : null;
}
