using Microsoft.AspNetCore.Components;
using Parceo.Platform;
using Parceo.Rosters.Features;
using Parceo.Ui;

namespace Parceo.Rosters.Pages;

/// <summary>The page only sends requests; whose duties it shows comes from the session.</summary>
public partial class MyDuties(TimeProvider clock, IIds ids)
{
    private ListMyDuties.Response mine = new([], [], []);
    private ListMyDuties.Mine? given;
    private IReadOnlyList<Choice> returns = [];
    private Contracts.SectorKind kind; // of the duty to give away: who can take it
    private string? toast;

    [SupplyParameterFromQuery(Name = "garde")]
    private string? DutyText { get; set; }

    private IIds Ids => ids;
    private IReadOnlyList<Choice> Returns => returns;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load(DutyText); // the form to propose must exist before a post is taken in

    private async Task Load(string? duty)
    {
        mine = await Sender.Send(new ListMyDuties.Query());
        given = Guid.TryParse(duty, out var id)
            ? mine.Duties.FirstOrDefault(d => d.Id == id && d is { CanPropose: true, Swap: null })
            : null;
        if (given is not { } g)
            return;
        var roster = await Sender.Send(new ShowRoster.Query(g.SectorId, LocalTime.DayOf(g.Start, g.Zone)));
        kind = roster.Kind;
        var own = mine.Duties.Select(d => d.Id).ToHashSet();
        var now = clock.GetUtcNow();
        returns =
        [
            .. roster
                .Duties.Where(d => d.Holder is not null && d.Start > now && !own.Contains(d.Id))
                .Select(d => new Choice(d.Id.ToString(), $"{d.Holder!.Name}, {French.When(d.Start, d.End, g.Zone)}")),
        ];
    }

    private async Task Act()
    {
        await Try(async form =>
        {
            if (Given.Id(form["accepter"]) is { } yes)
            {
                await Sender.Send(new AnswerSwap.Command(yes, true));
                toast = "Échange fait. Votre confrère est prévenu.";
            }
            else if (Given.Id(form["decliner"]) is { } no)
            {
                await Sender.Send(new AnswerSwap.Command(no, false));
                toast = "Décliné. Votre confrère est prévenu.";
            }
            else if (Given.Id(form["retirer"]) is { } back)
            {
                await Sender.Send(new WithdrawSwap.Command(back));
                toast = "Proposition retirée.";
            }
        });
        await Load(null);
    }

    private async Task Propose()
    {
        var duty = Http.Request.Form["garde"].ToString();
        await Try(async form =>
        {
            var to = Given.Id(form["a"]);
            if (to is null && !string.IsNullOrWhiteSpace(form["aText"]))
                throw InvalidException.Of("toId", "duty_person_unknown");
            var sent = await Sender.Send(new ProposeSwap.Command(Given.Id(duty) ?? Guid.Empty, to, Given.Id(form["contre"]), form["mot"]));
            toast = sent.To is { } name ? $"Proposé à {name}." : "Proposé à tous ceux du tableau.";
        });
        await Load(Errors.Count > 0 ? duty : null);
    }

    private async Task Offer()
    {
        await Try(async form =>
        {
            if (Given.Id(form["offrir"]) is { } yes)
            {
                await Sender.Send(new VolunteerForDuty.Command(yes, true));
                toast = "Noté. La coordination vous confie la garde si elle est encore libre.";
            }
            else if (Given.Id(form["retirer"]) is { } no)
            {
                await Sender.Send(new VolunteerForDuty.Command(no, false));
                toast = "Disponibilité retirée.";
            }
        });
        await Load(null);
    }

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "toId" => "a",
            "note" => "mot",
            "returnDutyId" => "contre",
            _ => "",
        };
}
