using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Access.Contracts;
using Parceo.Dashboards.Contracts;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Dashboards.Features;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Ui;

namespace Parceo.Dashboards.Pages;

/// <summary>The page only sends requests; what was typed is kept when one is refused.</summary>
public partial class IndicatorPage(TimeProvider clock)
{
    private IReadOnlyList<Perimeter> allowed = [];
    private IReadOnlyList<ListTargets.Row> targets = [];
    private ShowIndicators.Response? shown;
    private ListSources.Response? sources;
    private Figure? figure;
    private IndicatorSelection? selection;
    private Entry entry = new("", "", "", "", "");
    private string own = "",
        organisation = "";
    private string? toast;
    private bool opens;

    private sealed record Entry(string Value, string From, string Reference, string ReferenceOn, string Source);

    [Parameter]
    public string Slug { get; set; } = "";

    [SupplyParameterFromQuery(Name = "vue")]
    private string? Vue { get; set; }

    [SupplyParameterFromQuery(Name = "periode")]
    private string? Periode { get; set; }

    [SupplyParameterFromQuery(Name = "du")]
    private string? Du { get; set; }

    [SupplyParameterFromQuery(Name = "au")]
    private string? Au { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? Page { get; set; }

    private string Path => $"/pilotage/{Slug}";
    private string Heading => figure is null ? "Indicateur introuvable" : French.Title(figure.Indicator);
    private int Skip => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 10_000 ? n : 0;
    private bool Detailed => figure!.Indicator is Indicator.Delay or Indicator.Waves or Indicator.Hours;
    private bool MaySet => User.Can(DashboardsPermissions.SetTargets);
    private string Unit =>
        figure!.Scale switch
        {
            Scale.Count => "patients par mois",
            Scale.Minutes => "minutes",
            Scale.Hours => "heures par semaine",
            _ => "pour cent",
        };
    private string Per =>
        figure!.Scale switch
        {
            Scale.Count => " par mois",
            Scale.Hours => " par semaine",
            _ => "",
        };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        own = (await Sender.Send(new GetMe()))?.Organisation?.Name ?? "Organisation";
        allowed = Perimeters.Of(User);
        selection = IndicatorSelection.Read(allowed, Perimeters.Today(User, clock), Vue, Periode, Du, Au);
        organisation = selection.Perimeter == Perimeter.Own ? own : $"Territoire de {own}";
        opens = selection.Perimeter == Perimeter.Own && User.Can(RegulationPermissions.Orient);
        entry = entry with { From = IndicatorSelection.Iso(selection.Today) };
        await Load();
    }

    /// <inheritdoc/>
    protected override async Task Load()
    {
        // Asked for first: it says who may be here at all.
        shown = await Sender.Send(
            new ShowIndicators.Query(selection!.Perimeter, selection.Period.From, selection.Period.To) { Name = selection.Period.Name }
        );
        if (French.FromSlug(Slug) is not { } indicator)
        {
            if (!Http.Response.HasStarted)
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        figure = shown.Figures.Single(f => f.Indicator == indicator);
        targets = await Sender.Send(new ListTargets.Query(indicator));
        if (User.Can(DashboardsPermissions.Sources))
            sources = await Sender.Send(
                new ListSources.Query(selection.Perimeter, indicator, selection.Period.From, selection.Period.To, Skip)
            );
    }

    private async Task Save()
    {
        string Of(string name) => Http.Request.Form[name].ToString();
        entry = new(Of("valeur"), Of("depuis"), Of("reference"), Of("referenceMois"), Of("source"));
        var stored = await Try(async _ =>
            await Sender.Send(
                new SetTarget.Command(
                    figure!.Indicator,
                    Number(entry.Value) ?? double.NaN,
                    Date(entry.From, "yyyy-MM-dd") ?? default,
                    entry.Reference.Length == 0 ? null : Number(entry.Reference) ?? double.NaN,
                    entry.ReferenceOn.Length == 0 ? null : Date(entry.ReferenceOn, "yyyy-MM") ?? default(DateOnly),
                    entry.Source
                )
            )
        );
        if (!stored)
            return;
        toast = "Cible fixée. Les périodes d’avant gardent la leur.";
        entry = new("", IndicatorSelection.Iso(selection!.Today), "", "", "");
        await Load();
    }

    /// <summary>As typed, « 2 000 » or « 90,5 », to the indicator's own unit.</summary>
    private double? Number(string typed)
    {
        var plain = new string([.. typed.Where(c => !char.IsWhiteSpace(c) && c != '%')]).Replace('.', ',');
        return double.TryParse(plain, NumberStyles.AllowDecimalPoint, FrenchText.Culture, out var n)
            ? figure!.Scale == Scale.Share
                ? n / 100
                : n
            : null;
    }

    private static DateOnly? Date(string typed, string format) =>
        DateOnly.TryParseExact(typed, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var d) ? d : null;

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "value" => "valeur",
            "reference" => "reference",
            "referenceOn" => "referenceMois",
            "source" => "source",
            _ => "depuis",
        };

    private static string Reference(Guid id) => id.ToString("n")[^8..].ToUpperInvariant();

    private string Detail(ListSources.Source s) =>
        (figure!.Indicator, s.Number) switch
        {
            (_, null) => "",
            (Indicator.Waves, { } wave) => French.Part($"wave{wave}"),
            (_, { } minutes) => French.Value(minutes, Scale.Minutes),
        };
}
