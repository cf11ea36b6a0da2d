using MediatR;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;

namespace Parceo.Slots.Pages;

/// <summary>On « À traiter »: who came and who did not, noted in place; beside it the week's slots.</summary>
internal sealed class OutcomesPart(ISender sender, ICurrentUser user) : HomePart
{
    private const string Came = "venu",
        Missed = "absent";
    private const int Shown = 8;

    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountMissingOutcomes.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct) =>
        [
            .. (await sender.Send(new ListMissingOutcomes.Query(Limit: Most), ct)).Select(b => new HomeItem(
                b.Id,
                "user-question",
                $"{b.Patient.Name ?? French.Of(b.Patient)} : venu ou absent{'\u202F'}?",
                $"{(user.Rights.Roles.Contains(Roles.Delegate) ? b.PractitionerName + " · " : "")}{FrenchText.Capital(FrenchText.Moment(b.Start, b.Zone))} · dossier {b.CaseReference}{Reason(b)}",
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
        if (!user.Can(SlotsPermissions.Publish))
            return []; // a regulator notes outcomes and has no agenda
        var days = await sender.Send(new SummarizeDays.Query(from, to), ct);
        var expected = await Expected(days, from, ct);
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
            )
            {
                Lines = Lines([.. expected.Where(b => b.PractitionerId == d.PractitionerId && b.Start >= d.Start && b.Start < d.End)]),
            }),
        ];
    }

    /// <summary>Who still comes today; nothing is read of anybody when nobody does.</summary>
    private async Task<IReadOnlyList<BookingView>> Expected(
        IReadOnlyList<SummarizeDays.Day> days,
        DateTimeOffset from,
        CancellationToken ct
    )
    {
        var today = days.Where(d => d.Taken > 0 && LocalTime.DayOf(d.Start, d.Zone) <= LocalTime.DayOf(from, d.Zone)).ToList();
        return today.Count == 0 ? [] : await sender.Send(new ListExpected.Query(from, Latest(from.AddHours(1), today.Max(d => d.End))), ct);

        static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
    }

    private static IReadOnlyList<string> Lines(IReadOnlyList<BookingView> expected) =>
        [
            .. expected
                .Take(Shown)
                .Select(b => $"{FrenchText.Hour(b.Start, b.Zone)} · {b.Patient.Name ?? French.Of(b.Patient)}{Reason(b)}"),
            .. expected.Count > Shown ? [$"et {expected.Count - Shown} de plus"] : Array.Empty<string>(),
        ];

    /// <summary>The first line: the whole stands on the agenda.</summary>
    private static string Reason(BookingView b) =>
        b.Reason?.Split('\n')[0] is { Length: > 0 } line ? $" · {(line.Length > 80 ? line[..79] + "…" : line)}" : "";
}
