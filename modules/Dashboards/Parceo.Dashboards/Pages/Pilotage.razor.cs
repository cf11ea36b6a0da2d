using Microsoft.AspNetCore.Components;
using Parceo.Access.Contracts;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Features;
using Parceo.Platform;

namespace Parceo.Dashboards.Pages;

/// <summary>The page only sends requests.</summary>
public partial class Pilotage(ISender sender, ICurrentUser user, TimeProvider clock)
{
    private IReadOnlyList<Perimeter> allowed = [];
    private IndicatorSelection? selection;
    private ShowIndicators.Response? shown;
    private string own = "",
        organisation = "";

    [SupplyParameterFromQuery(Name = "vue")]
    private string? Vue { get; set; }

    [SupplyParameterFromQuery(Name = "periode")]
    private string? Periode { get; set; }

    [SupplyParameterFromQuery(Name = "du")]
    private string? Du { get; set; }

    [SupplyParameterFromQuery(Name = "au")]
    private string? Au { get; set; }

    private bool Empty =>
        shown is null || shown.Figures.All(f => f.Now is { Of: 0, Few: false } && f.Months.All(m => m.Measure is { Of: 0, Few: false }));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        own = (await sender.Send(new GetMe()))?.Organisation?.Name ?? "Organisation";
        allowed = Perimeters.Of(user);
        selection = IndicatorSelection.Read(allowed, Perimeters.Today(user, clock), Vue, Periode, Du, Au);
        organisation = selection.Perimeter == Perimeter.Own ? own : $"Territoire de {own}";
        shown = await sender.Send(
            new ShowIndicators.Query(selection.Perimeter, selection.Period.From, selection.Period.To) { Name = selection.Period.Name }
        );
    }
}
