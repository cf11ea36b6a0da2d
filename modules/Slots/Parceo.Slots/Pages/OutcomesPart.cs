using MediatR;
using Parceo.Platform;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;

namespace Parceo.Slots.Pages;

/// <summary>On « À traiter »: who came and who did not, noted in place; beside it the week's slots.</summary>
internal sealed class OutcomesPart(ISender sender, ICurrentUser user) : HomePart
{
    private const string Came = "venu",
        Missed = "absent";

    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountMissingOutcomes.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct) =>
        [
            .. (await sender.Send(new ListMissingOutcomes.Query(Limit: Most), ct)).Select(b => new HomeItem(
                b.Id,
                "user-question",
                $"{b.Patient.Name ?? French.Of(b.Patient)} : venu ou absent{'\u202F'}?",
                $"{(user.Rights.Roles.Contains(Roles.Delegate) ? b.PractitionerName + " · " : "")}{FrenchText.Capital(FrenchText.Moment(b.Start, b.Zone))} · dossier {b.CaseReference}",
                $"/soins-non-programmes/creneaux?pour={b.PractitionerId}&jour={LocalTime.DayOf(b.Start, b.Zone):yyyy-MM-dd}",
                "Voir"
            )
            {
                Due = b.Start.AddDays(1), // D29: asked for the same day, closed as unknown later
                Acts = [new(Came, "Venu", "check"), new(Missed, "Absent", "user-x")],
            }),
        ];

    public override async Task<HomeDone> Do(string verb, Guid id, CancellationToken ct)
    {
        if (verb is not (Came or Missed))
            return await base.Do(verb, id, ct);
        await sender.Send(new RecordOutcome.Command(id, verb == Came ? "fulfilled" : "noshow"), ct);
        return verb == Came
            ? new("Noté : venu.", new(Missed, "Plutôt absent", "user-x"))
            : new("Noté : absent.", new(Came, "Plutôt venu", "check"));
    }

    public override async Task<IReadOnlyList<DayItem>> Days(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var days = await sender.Send(new SummarizeDays.Query(from, to), ct);
        var several = days.Select(d => d.PractitionerId).Distinct().Count() > 1 || user.Rights.Roles.Contains(Roles.Delegate);
        return
        [
            .. days.Select(d => new DayItem(
                d.Start,
                d.End,
                d.Zone,
                several ? $"Créneaux, {d.Name}" : "Créneaux",
                $"{FrenchText.Count(d.Taken, "place prise", "places prises")} sur {d.Places} · {d.Location}",
                $"/soins-non-programmes/creneaux?pour={d.PractitionerId}&jour={LocalTime.DayOf(d.Start, d.Zone):yyyy-MM-dd}"
            )),
        ];
    }
}
