using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Messaging.Pages;

/// <summary>The page only sends requests. Days are those of the place; the last one counts whole.</summary>
public partial class Settings(ISender sender, CallContext call, ErrorTexts texts)
{
    private GetMyChoices.Response choices = new(true, true, null, null, null, null);
    private IReadOnlyList<FieldError> errors = [];
    private (Guid Id, string Name)? cover;
    private string from = "",
        to = "";
    private string? toast;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private string Zone => call.Rights.Zone;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        choices = await sender.Send(new GetMyChoices.Query());
        cover = choices is { CoverId: { } id, CoveredBy: { } name } ? (id, name) : null;
        (from, to) = (Day(choices.AwayFrom), Day(choices.AwayUntil?.AddSeconds(-1)));
    }

    private async Task Choose()
    {
        await sender.Send(new SetMyChoices.Command(Http.Request.Form["lecture"] == "oui", Http.Request.Form["presence"] == "oui"));
        toast = "Choix gardés.";
        await Load();
    }

    private async Task Away()
    {
        var form = Http.Request.Form;
        if (form["retour"] == "oui")
        {
            await sender.Send(new EndAway.Command());
            toast = "Vous êtes de retour.";
            await Load();
            return;
        }
        (from, to) = (form["du"].ToString(), form["au"].ToString());
        cover = Guid.TryParse(form["p"], out var id) ? (id, form[$"n-{id}"].ToString()) : null;
        if (Parse(from) is not { } first || Parse(to) is not { } last)
        {
            errors = [new FieldError(Parse(from) is null ? "du" : "au", texts.Of("away_period_invalid"))];
            return;
        }
        try
        {
            await sender.Send(
                new SetAway.Command(LocalTime.StartOfDay(first, Zone), LocalTime.StartOfDay(last.AddDays(1), Zone), cover?.Id)
            );
            toast = "Absence annoncée.";
            await Load();
        }
        catch (RefusalException refused) when (refused.BelongsToForm)
        {
            var code = refused.Codes[0];
            errors = [new FieldError(code == "away_period_invalid" ? "au" : "relais", texts.Of(code))];
        }
    }

    private string AwayText(DateTimeOffset until) =>
        $"jusqu’au {LocalTime.In(until.AddSeconds(-1), Zone).ToString("d MMMM", CultureInfo.CurrentCulture)}";

    private string Day(DateTimeOffset? at) =>
        at is { } known ? LocalTime.DayOf(known, Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    private static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 2000 and < 2200
            ? day
            : null;
}
