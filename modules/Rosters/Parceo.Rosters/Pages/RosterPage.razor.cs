using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Platform;
using Parceo.Rosters.Features;
using Parceo.Ui;

namespace Parceo.Rosters.Pages;

/// <summary>The page only sends requests; what may be changed comes from the caller's rights.</summary>
public partial class RosterPage(TimeProvider clock, IIds ids)
{
    private static readonly string[] Columns = ["Nuit", "Journée", "Soirée"];
    private const string Undone = "Affectation annulée";

    private ShowRoster.Response? roster;
    private ShowRoster.DutyLine? chosen;
    private ToastModel? toast;
    private DateOnly month;
    private string reason = "";
    private bool moved;

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
            else if (form["publier"] == "oui" && roster?.RosterId is { } id)
            {
                var published = await Sender.Send(new PublishRoster.Command(id));
                toast = new ToastModel(
                    published.Gaps == 0 ? "Publié. Chacun est prévenu." : $"Publié, {French.Gaps(published.Gaps)}. Chacun est prévenu."
                );
            }
        });
        await Load();
        Choose(null);
    }

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
                done.Name is { } name ? $"Confiée à {name}. {French.Gaps(done.Gaps)}." : $"Sans médecin. {French.Gaps(done.Gaps)}.",
                Href(month, duty.Id),
                new Dictionary<string, string>
                {
                    ["_handler"] = "confier",
                    ["garde"] = duty.Id.ToString(),
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
            _ => "",
        };
}
