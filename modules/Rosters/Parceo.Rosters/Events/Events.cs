using Parceo.Rosters.Contracts;

namespace Parceo.Rosters.Events;

/// <summary>A month's roster became binding (W14).</summary>
/// <param name="Month">Its first day.</param>
/// <param name="People">Everyone on duty in it.</param>
[EventName("rosters.roster-published.v1")]
internal sealed record RosterPublished(
    Guid RosterId,
    Guid SectorId,
    Guid OrganisationId,
    string Sector,
    DateOnly Month,
    int Gaps,
    IReadOnlyList<RosterPerson> People
) : IIntegrationEvent;

/// <summary>A published duty changed hands by the planner's decision.</summary>
/// <param name="Zone">IANA zone of the place, to say when.</param>
/// <param name="Before">Who was on duty, or null.</param>
/// <param name="After">Who is, or null: a gap.</param>
[EventName("rosters.duty-changed.v1")]
internal sealed record DutyChanged(
    Guid DutyId,
    Guid RosterId,
    Guid OrganisationId,
    string Sector,
    DateTimeOffset Start,
    string Zone,
    RosterPerson? Before,
    RosterPerson? After,
    string Reason
) : IIntegrationEvent;

/// <summary>A doctor asks another, or whoever wants, to take a duty.</summary>
/// <param name="Asked">Who may agree.</param>
/// <param name="ReturnStart">The start of the duty taken in exchange, or null.</param>
[EventName("rosters.swap-proposed.v1")]
internal sealed record SwapProposed(
    Guid SwapId,
    Guid DutyId,
    Guid OrganisationId,
    string Sector,
    DateTimeOffset Start,
    string Zone,
    RosterPerson From,
    IReadOnlyList<RosterPerson> Asked,
    DateTimeOffset? ReturnStart
) : IIntegrationEvent;

/// <summary>A proposal is settled.</summary>
/// <param name="Answer"><c>accepted</c>, <c>declined</c>, <c>withdrawn</c> or <c>lapsed</c> (the duty changed meanwhile).</param>
/// <param name="To">Who agreed or declined; null when nobody did.</param>
/// <param name="PublishedBy">Account that published the roster: told of an exchange.</param>
[EventName("rosters.swap-settled.v1")]
internal sealed record SwapSettled(
    Guid SwapId,
    Guid DutyId,
    Guid OrganisationId,
    string Sector,
    DateTimeOffset Start,
    string Zone,
    RosterPerson From,
    RosterPerson? To,
    string Answer,
    Guid? PublishedBy
) : IIntegrationEvent;
