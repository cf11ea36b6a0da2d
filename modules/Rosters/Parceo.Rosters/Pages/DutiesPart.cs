using MediatR;
using Parceo.Platform;
using Parceo.Rosters.Features;

namespace Parceo.Rosters.Pages;

/// <summary>On « À traiter »: duties that others propose by name; beside it one's own duties. What is offered to everybody waits for nobody.</summary>
internal sealed class DutiesPart(ISender sender) : HomePart
{
    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountProposals.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct) =>
        [
            .. (await sender.Send(new ListMyDuties.Query(), ct))
                .ToAnswer.Where(s => s.To is not null)
                .OrderBy(s => s.Start)
                .Take(Most)
                .Select(s => new HomeItem(
                    s.Id,
                    "arrows-exchange",
                    $"{s.From} vous propose sa garde",
                    $"{FrenchText.Capital(French.When(s.Start, s.End, s.Zone))} · {s.Sector}",
                    "/gardes/mes-gardes",
                    "Répondre"
                )
                {
                    Due = s.Start,
                }),
        ];

    public override async Task<IReadOnlyList<DayItem>> Days(DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        [
            .. (await sender.Send(new ListMyDuties.Query(), ct))
                .Duties.Where(d => d.End > from && d.Start < to)
                .Select(d => new DayItem(d.Start, d.End, d.Zone, $"Garde, {d.Sector}", d.Label, "/gardes/mes-gardes")),
        ];
}
