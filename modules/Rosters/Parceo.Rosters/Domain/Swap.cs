using Parceo.Platform;
using Parceo.Rosters.Contracts;

namespace Parceo.Rosters.Domain;

/// <summary>Where a proposal stands.</summary>
internal enum SwapState
{
    /// <summary>Awaits the other's agreement.</summary>
    Proposed,

    /// <summary>Both agreed: the duty changed hands.</summary>
    Accepted,

    /// <summary>The one asked said no.</summary>
    Declined,

    /// <summary>Taken back by who proposed it.</summary>
    Withdrawn,

    /// <summary>The duty changed meanwhile.</summary>
    Lapsed,
}

/// <summary>
/// A doctor asks a colleague, or whoever wants, to take a duty, perhaps against one of theirs: who proposes agrees by it,
/// who accepts agrees by that (W14). One live proposal a duty.
/// </summary>
internal sealed class Swap : IOwned
{
    private Swap() { }

    /// <summary>A proposal.</summary>
    public Swap(Guid id, Duty duty, string? fromPhone, RosterPerson? to, Guid? returnDutyId, string? note, DateTimeOffset now)
    {
        Id = id;
        OrganisationId = duty.OrganisationId;
        RosterId = duty.RosterId;
        DutyId = duty.Id;
        ReturnDutyId = returnDutyId;
        FromPhone = fromPhone;
        Note = note;
        ProposedAt = now;
        FromId = duty.HolderId!.Value;
        FromName = duty.HolderName!;
        FromIsAccount = duty.HolderIsAccount;
        ToId = to?.Id;
        ToName = to?.Name;
        ToIsAccount = to?.IsAccount ?? false;
        if (to?.Id == FromId)
            throw InvalidException.Of("toId", "swap_with_oneself");
    }

    public Guid Id { get; private set; }

    public Guid OrganisationId { get; private set; }

    public Guid RosterId { get; private set; }

    /// <summary>The duty given.</summary>
    public Guid DutyId { get; private set; }

    /// <summary>The duty taken in exchange, or null.</summary>
    public Guid? ReturnDutyId { get; private set; }

    /// <summary>Who gives.</summary>
    public Guid FromId { get; private set; }

    /// <summary>As shown.</summary>
    public string FromName { get; private set; } = "";

    /// <summary>Whether it is an account.</summary>
    public bool FromIsAccount { get; private set; }

    /// <summary>Public telephone, or null.</summary>
    public string? FromPhone { get; private set; }

    /// <summary>Who is asked; null for whoever wants, until somebody accepts.</summary>
    public Guid? ToId { get; private set; }

    /// <summary>As shown.</summary>
    public string? ToName { get; private set; }

    /// <summary>Whether it is an account.</summary>
    public bool ToIsAccount { get; private set; }

    /// <summary>A word to the other, or null.</summary>
    public string? Note { get; private set; }

    /// <summary>Where it stands.</summary>
    public SwapState State { get; private set; }

    public DateTimeOffset ProposedAt { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Stale writers lose: two who accept at once.</summary>
    public int Version { get; private set; }

    /// <summary>Who gives.</summary>
    public RosterPerson From => new(FromId, FromName, FromIsAccount);

    /// <summary>Who is asked, or took it.</summary>
    public RosterPerson? To => ToId is { } id ? new(id, ToName!, ToIsAccount) : null;

    /// <summary>The other agrees.</summary>
    public void Accept(RosterPerson who, DateTimeOffset now)
    {
        if (who.Id == FromId)
            throw new ConflictException("swap_with_oneself");
        Settle(SwapState.Accepted, now);
        (ToId, ToName, ToIsAccount) = (who.Id, who.Name, who.IsAccount);
    }

    /// <summary>The one asked says no.</summary>
    public void Decline(DateTimeOffset now) => Settle(SwapState.Declined, now);

    /// <summary>Taken back.</summary>
    public void Withdraw(DateTimeOffset now) => Settle(SwapState.Withdrawn, now);

    /// <summary>The duty changed: nothing is left to agree on.</summary>
    public void Lapse(DateTimeOffset now) => Settle(SwapState.Lapsed, now);

    private void Settle(SwapState state, DateTimeOffset now)
    {
        if (State != SwapState.Proposed)
            throw new ConflictException("swap_closed");
        (State, SettledAt) = (state, now);
        Version++;
    }
}
