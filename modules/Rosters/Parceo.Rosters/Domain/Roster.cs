using Parceo.Platform;
using Parceo.Rosters.Contracts;

namespace Parceo.Rosters.Domain;

/// <summary>Where a roster stands (W14).</summary>
internal enum RosterState
{
    /// <summary>Prepared, nobody assigned.</summary>
    Drafted,

    /// <summary>Some periods have nobody.</summary>
    Gaps,

    /// <summary>Every period has somebody.</summary>
    Complete,

    /// <summary>Binding.</summary>
    Published,

    /// <summary>Binding, and changed since its publication.</summary>
    Changed,
}

/// <summary>A sector's month: its duties, and whether they are binding.</summary>
internal sealed class Roster : IOwned
{
    private readonly List<Duty> duties = [];
    private readonly List<RosterChange> changes = [];
    private List<Guid> lastFill = [];

    private Roster() { }

    /// <summary>A month of a sector, empty.</summary>
    public Roster(Guid id, Sector sector, DateOnly month)
    {
        Id = id;
        SectorId = sector.Id;
        OrganisationId = sector.OrganisationId;
        Departement = sector.Departement;
        Month = new DateOnly(month.Year, month.Month, 1);
    }

    public Guid Id { get; private set; }

    /// <summary>Of which sector.</summary>
    public Guid SectorId { get; private set; }

    public Guid OrganisationId { get; private set; }

    /// <summary>Copied from the sector: regulators of the département see published rosters.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>First day of the month.</summary>
    public DateOnly Month { get; private set; }

    /// <summary>Where it stands.</summary>
    public RosterState State { get; private set; }

    /// <summary>Periods without anybody.</summary>
    public int Gaps { get; private set; }

    /// <summary>How often it was published; null before.</summary>
    public int? Edition { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    public Guid? PublishedBy { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>By start.</summary>
    public IReadOnlyList<Duty> Duties => duties;

    /// <summary>What changed since the publication.</summary>
    public IReadOnlyList<RosterChange> Changes => changes;

    /// <summary>Duties that the last filling gave out, as long as nothing else changed: what can be taken back.</summary>
    public IReadOnlyList<Guid> LastFill => lastFill;

    /// <summary>Whether it is binding.</summary>
    public bool IsPublished => Edition is not null;

    /// <summary>Adds the periods that are missing; before publication, takes out free ones that the template no longer has. Answers how many were added.</summary>
    public int Fit(IReadOnlyList<(Guid Id, DutyPeriod Period)> periods)
    {
        if (!IsPublished)
        {
            var wanted = periods.Select(p => (p.Period.Start, p.Period.End)).ToHashSet();
            duties.RemoveAll(d => d.HolderId is null && !wanted.Contains((d.Start, d.End)));
        }
        // What overlaps a duty that stays is not added: nobody wants two for the same hours.
        var added = periods.Where(p => !duties.Exists(d => d.Start < p.Period.End && p.Period.Start < d.End)).ToList();
        duties.AddRange(added.Select(p => new Duty(p.Id, this, p.Period)));
        if (added.Count > 0)
            lastFill = [];
        Count();
        return added.Count;
    }

    /// <summary>Puts somebody on a duty, or nobody. After publication it is a recorded change and needs a reason.</summary>
    /// <param name="seen">Version of the duty that the planner saw; null when they did not say.</param>
    public Duty Assign(
        Guid dutyId,
        RosterPerson? who,
        string? phone,
        int? seen,
        Guid changeId,
        Guid by,
        string byName,
        string? reason,
        DateTimeOffset now
    )
    {
        var duty = Of(dutyId);
        if (seen is { } version && version != duty.Version)
            throw new ConflictException("duty_changed");
        if (duty.HolderId == who?.Id)
            return duty;
        if (IsPublished)
        {
            if (string.IsNullOrWhiteSpace(reason))
                throw InvalidException.Of("reason", "duty_reason_missing");
            changes.Add(new RosterChange(changeId, Id, OrganisationId, duty, who?.Name, by, byName, reason.Trim(), now));
            State = RosterState.Changed;
        }
        duty.Hold(who, phone);
        lastFill = [];
        Count();
        return duty;
    }

    /// <summary>Gives gaps to people, before publication: afterwards every change has a reason of its own.</summary>
    public void Fill(IReadOnlyList<(Duty Duty, RosterPerson Who, string? Phone)> plan)
    {
        if (IsPublished)
            throw new ConflictException("roster_published");
        foreach (var (duty, who, phone) in plan)
            duty.Hold(who, phone);
        if (plan.Count > 0)
            lastFill = [.. plan.Select(p => p.Duty.Id)];
        Count();
    }

    /// <summary>Takes a filling back: duties that changed since stay. Answers how many are free again; when none are, it was taken back before.</summary>
    public int Unfill(IReadOnlyDictionary<Guid, int> versions)
    {
        if (IsPublished)
            throw new ConflictException("roster_published");
        var untouched = duties.FindAll(d => d.HolderId is not null && versions.TryGetValue(d.Id, out var version) && version == d.Version);
        if (untouched.Count == 0)
            throw new ConflictException("fill_nothing_to_undo");
        foreach (var duty in untouched)
            duty.Hold(null, null);
        // Of a later filling, which may be somebody else's, nothing is forgotten.
        lastFill = lastFill.FindAll(id => !untouched.Exists(d => d.Id == id));
        Count();
        return untouched.Count;
    }

    /// <summary>An agreed exchange: one duty goes over, and perhaps another comes back.</summary>
    public void Exchange(
        Swap swap,
        RosterPerson to,
        string? toPhone,
        RosterPerson from,
        string? fromPhone,
        (Guid First, Guid Second) changeIds,
        Guid by,
        DateTimeOffset now
    )
    {
        Move(swap.DutyId, from.Id, to, toPhone, changeIds.First, by, now);
        if (swap.ReturnDutyId is { } back)
            Move(back, to.Id, from, fromPhone, changeIds.Second, by, now);
        State = RosterState.Changed;
        Count();
    }

    /// <summary>Something is agreed on what it says now: it must not have changed meanwhile.</summary>
    public void Touch() => Version++;

    /// <summary>Makes it binding, once, with the gaps that the planner knows of: a gap that is known is better than a roster that is not.</summary>
    public void Publish(int knownGaps, Guid by, DateTimeOffset now)
    {
        // From a second tab: everybody was told already.
        if (IsPublished)
            throw new ConflictException("roster_published_before");
        if (duties.TrueForAll(d => d.HolderId is null))
            throw new ConflictException("roster_empty");
        if (Gaps > 0 && Gaps != knownGaps)
            throw new ConflictException("roster_gaps");
        Edition = 1;
        lastFill = [];
        PublishedAt = now;
        PublishedBy = by;
        State = RosterState.Published;
        foreach (var duty in duties)
            duty.Show();
        Count();
    }

    /// <summary>A duty of it.</summary>
    public Duty Of(Guid dutyId) => duties.Find(d => d.Id == dutyId) ?? throw new NotFoundException("duty_unknown");

    private void Move(Guid dutyId, Guid holder, RosterPerson to, string? phone, Guid changeId, Guid by, DateTimeOffset now)
    {
        var duty = Of(dutyId);
        if (duty.HolderId != holder)
            throw new ConflictException("swap_closed");
        if (duty.Start <= now)
            throw new ConflictException("duty_begun");
        changes.Add(new RosterChange(changeId, Id, OrganisationId, duty, to.Name, by, to.Name, RosterChange.Swapped, now));
        duty.Hold(to, phone);
    }

    private void Count()
    {
        Gaps = duties.Count(d => d.HolderId is null);
        if (!IsPublished)
            State =
                Gaps == 0 ? RosterState.Complete
                : Gaps == duties.Count ? RosterState.Drafted
                : RosterState.Gaps;
        Version++;
    }
}

/// <summary>A period of a roster and who is on duty.</summary>
internal sealed class Duty : IOwned
{
    private Duty() { }

    /// <summary>A gap to fill.</summary>
    public Duty(Guid id, Roster roster, DutyPeriod period)
    {
        Id = id;
        RosterId = roster.Id;
        SectorId = roster.SectorId;
        OrganisationId = roster.OrganisationId;
        Departement = roster.Departement;
        Day = period.Day;
        Label = period.Label;
        Start = period.Start;
        End = period.End;
        Published = roster.IsPublished;
    }

    public Guid Id { get; private set; }

    public Guid RosterId { get; private set; }

    /// <summary>Its sector.</summary>
    public Guid SectorId { get; private set; }

    public Guid OrganisationId { get; private set; }

    public string Departement { get; private set; } = "";

    /// <summary>Local day it begins on.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>« Soirée ».</summary>
    public string Label { get; private set; } = "";

    public DateTimeOffset Start { get; private set; }

    /// <summary>UTC, excluded.</summary>
    public DateTimeOffset End { get; private set; }

    /// <summary>Whether it is binding.</summary>
    public bool Published { get; private set; }

    /// <summary>Directory id or account; null for a gap.</summary>
    public Guid? HolderId { get; private set; }

    /// <summary>As shown, with the title.</summary>
    public string? HolderName { get; private set; }

    /// <summary>Whether the holder is an account.</summary>
    public bool HolderIsAccount { get; private set; }

    /// <summary>Public telephone of the holder, or null.</summary>
    public string? HolderPhone { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>Who is on duty.</summary>
    public RosterPerson? Holder => HolderId is { } id ? new(id, HolderName!, HolderIsAccount) : null;

    internal void Hold(RosterPerson? who, string? phone)
    {
        HolderId = who?.Id;
        HolderName = who?.Name;
        HolderIsAccount = who?.IsAccount ?? false;
        HolderPhone = who is null ? null : phone;
        Version++;
    }

    internal void Show() => Published = true;
}

/// <summary>What changed in a published roster: who, why, from whom to whom.</summary>
internal sealed class RosterChange : IOwned
{
    /// <summary>The reason of an exchange.</summary>
    public const string Swapped = "Échange accepté";

    private RosterChange() { }

    /// <summary>A change, noted before it is made.</summary>
    public RosterChange(
        Guid id,
        Guid rosterId,
        Guid organisationId,
        Duty duty,
        string? after,
        Guid by,
        string byName,
        string reason,
        DateTimeOffset at
    )
    {
        Id = id;
        RosterId = rosterId;
        OrganisationId = organisationId;
        DutyId = duty.Id;
        DutyStart = duty.Start;
        Before = duty.HolderName;
        After = after;
        By = by;
        ByName = byName;
        Reason = reason;
        At = at;
    }

    public Guid Id { get; private set; }

    /// <summary>Of which roster.</summary>
    public Guid RosterId { get; private set; }

    public Guid OrganisationId { get; private set; }

    public Guid DutyId { get; private set; }

    public DateTimeOffset DutyStart { get; private set; }

    /// <summary>Name, or null for a gap.</summary>
    public string? Before { get; private set; }

    /// <summary>Name, or null for a gap.</summary>
    public string? After { get; private set; }

    public Guid By { get; private set; }

    public string ByName { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}

/// <summary>
/// The turn of somebody who takes duties: each assignment moves it on, so that two at the same hours, in whatever roster
/// or organisation, cannot both be saved. Says nothing about anybody.
/// </summary>
internal sealed class DutyTurn(Guid id)
{
    /// <summary>Directory id or account.</summary>
    public Guid Id { get; private set; } = id;

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>Takes the turn.</summary>
    public void Take() => Version++;
}

/// <summary>Somebody says that they could take a duty.</summary>
internal sealed class Volunteer : IOwned
{
    private Volunteer() { }

    /// <summary>An offer.</summary>
    public Volunteer(Guid organisationId, Guid dutyId, RosterPerson who, string? phone, DateTimeOffset at)
    {
        OrganisationId = organisationId;
        DutyId = dutyId;
        PersonId = who.Id;
        Name = who.Name;
        IsAccount = who.IsAccount;
        Phone = phone;
        At = at;
    }

    public Guid OrganisationId { get; private set; }

    public Guid DutyId { get; private set; }

    /// <summary>Directory id or account.</summary>
    public Guid PersonId { get; private set; }

    /// <summary>As shown.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whether it is an account.</summary>
    public bool IsAccount { get; private set; }

    /// <summary>Public telephone, or null.</summary>
    public string? Phone { get; private set; }

    public DateTimeOffset At { get; private set; }

    public RosterPerson Person => new(PersonId, Name, IsAccount);
}
