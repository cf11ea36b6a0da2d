using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Events;
using Parceo.Rosters.Features;
using Parceo.Slots.Contracts;

namespace Parceo.Rosters.Services;

/// <summary>
/// Who takes duties, and what follows when one changes hands. Professionals are known by directory id; an OSNP, whom no
/// directory knows, by account.
/// </summary>
internal sealed class Duties(RostersDb db, ISender sender, SystemSender system, ICurrentUser user)
{
    /// <summary>The ids under which the caller may be on duty.</summary>
    public IReadOnlyList<Guid> Mine { get; } = user.Rights.OwnPractitionerId is { } own ? [own, user.Id] : [user.Id];

    /// <summary>The caller, with their public telephone.</summary>
    public async Task<(RosterPerson Who, string? Phone)> Self(CancellationToken ct) =>
        user.Rights.OwnPractitionerId is { } own && await Of(own, ct) is { } known
            ? known
            : (new RosterPerson(user.Id, await Name(ct), IsAccount: true), null);

    /// <summary>A professional of the directory; null when unknown or withdrawn.</summary>
    public async Task<(RosterPerson Who, string? Phone)?> Of(Guid practitionerId, CancellationToken ct) =>
        await sender.Send(new GetPractitioners.Query([practitionerId]), ct) is [var p]
            ? (new RosterPerson(p.Id, p.Name, IsAccount: false), p.Activities.Select(a => a.Phone).FirstOrDefault(t => t is not null))
            : null;

    /// <summary>The caller's name.</summary>
    public async Task<string> Name(CancellationToken ct) => (await sender.Send(new GetMe(), ct))?.Name ?? "Parceo";

    /// <summary>Professionals of the directory by id, with their public telephones; unknown and withdrawn ones are absent.</summary>
    public async Task<IReadOnlyDictionary<Guid, (RosterPerson Who, string? Phone)>> Of(
        IReadOnlyList<Guid> practitionerIds,
        CancellationToken ct
    ) =>
        practitionerIds.Count == 0
            ? new Dictionary<Guid, (RosterPerson, string?)>()
            : (await sender.Send(new GetPractitioners.Query(practitionerIds), ct)).ToDictionary(
                p => p.Id,
                p =>
                    (new RosterPerson(p.Id, p.Name, IsAccount: false), p.Activities.Select(a => a.Phone).FirstOrDefault(t => t is not null))
            );

    /// <summary>Nobody is on two duties at once, in whatever roster or organisation. Takes the person's turn, then looks: whoever assigns them elsewhere at the same moment loses the turn, runs again and sees this.</summary>
    /// <param name="leaving">Duties that they give away by the same act.</param>
    public async Task TakeTurn(Guid person, Duty duty, IReadOnlyCollection<Guid> leaving, CancellationToken ct)
    {
        (await Turns([person], ct))[person].Take();
        if (
            (
                await system.Send(new ListHeldDuties.Query([person], duty.Start, duty.End, [duty.Id, .. leaving]), user.CorrelationId, ct)
            ).Count > 0
        )
            throw new ConflictException("duty_overlap");
    }

    /// <summary>
    /// Gives gaps of a roster out. The turns are read first, then what people hold elsewhere; whoever gets something takes their
    /// turn, so that of two planners at once one runs again and sees.
    /// </summary>
    public async Task<IReadOnlyList<(Duty Duty, Candidate Who)>> Fill(
        Roster roster,
        Sector sector,
        IReadOnlyList<Candidate> people,
        Func<Filling, IReadOnlyList<(Duty Duty, Candidate Who)>> plan,
        CancellationToken ct
    )
    {
        if (roster.Duties.Count == 0 || people.Count == 0)
            return [];
        var ids = people.Select(p => p.Who.Id).ToList();
        var turns = await Turns(ids, ct);
        // The ISO weeks that the month begins and ends in count whole.
        var (from, to) = (roster.Duties.Min(d => d.Start).AddDays(-7), roster.Duties.Max(d => d.End).AddDays(7));
        var held = await system.Send(new ListHeldDuties.Query(ids, from, to, [.. roster.Duties.Select(d => d.Id)]), user.CorrelationId, ct);
        var away = await system.Send(new FindAbsences.Query(ids, from, to), user.CorrelationId, ct);
        var planned = plan(
            new Filling(
                roster.Duties,
                people,
                held.Select(h => new TakenHours(h.PersonId, h.Start, h.End, h.Day, IsDuty: true))
                    .Concat(
                        away.Select(a => new TakenHours(a.PractitionerId, a.From, a.To ?? DateTimeOffset.MaxValue, default, IsDuty: false))
                    ),
                sector
            )
        );
        foreach (var id in planned.Select(p => p.Who.Who.Id).Distinct())
            turns[id].Take();
        roster.Fill([.. planned.Select(p => (p.Duty, p.Who.Who, p.Who.Phone))]);
        return planned;
    }

    private async Task<Dictionary<Guid, DutyTurn>> Turns(IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        await db.Turns.Where(t => people.Contains(t.Id)).LoadAsync(ct);
        foreach (var id in people.Where(id => db.Turns.Local.All(t => t.Id != id)).ToList())
            db.Turns.Add(new DutyTurn(id));
        return db.Turns.Local.Where(t => people.Contains(t.Id)).ToDictionary(t => t.Id);
    }

    /// <summary>Ends the live proposals about duties that change hands otherwise, and tells.</summary>
    public async Task Lapse(
        IReadOnlyCollection<Guid> duties,
        Guid? except,
        Roster roster,
        Sector sector,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        foreach (
            var swap in await db
                .Swaps.Where(s =>
                    s.State == SwapState.Proposed
                    && s.Id != except
                    && (duties.Contains(s.DutyId) || (s.ReturnDutyId != null && duties.Contains(s.ReturnDutyId.Value)))
                )
                .ToListAsync(ct)
        )
        {
            swap.Lapse(now);
            Tell(swap, roster, sector, swap.To, "lapsed");
        }
    }

    /// <summary>Publishes how a proposal ended.</summary>
    public void Tell(Swap swap, Roster roster, Sector sector, RosterPerson? to, string answer) =>
        db.Publish(
            new SwapSettled(
                swap.Id,
                swap.DutyId,
                swap.OrganisationId,
                sector.Name,
                roster.Of(swap.DutyId).Start,
                sector.Zone,
                swap.From,
                to,
                answer,
                roster.PublishedBy
            ),
            swap.Id
        );
}
