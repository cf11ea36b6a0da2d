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

    /// <summary>Nobody is on two duties at once, in whatever roster or organisation. Takes the person's turn, then looks: whoever assigns them elsewhere at the same moment loses the turn, runs again and sees this.</summary>
    /// <param name="leaving">Duties that they give away by the same act.</param>
    public async Task TakeTurn(Guid person, Duty duty, IReadOnlyCollection<Guid> leaving, CancellationToken ct)
    {
        var turn = db.Turns.Local.FirstOrDefault(t => t.Id == person) ?? await db.Turns.SingleOrDefaultAsync(t => t.Id == person, ct);
        if (turn is null)
            db.Turns.Add(turn = new DutyTurn(person));
        turn.Take();
        if (await system.Send(new FindOverlap.Query(person, duty.Start, duty.End, [duty.Id, .. leaving]), user.CorrelationId, ct))
            throw new ConflictException("duty_overlap");
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
