namespace Parceo.Access.Contracts;

/// <summary>
/// Somebody's last role in an organisation was ended, or their account closed: what they take part in as its member ends
/// too (S24). A role that runs out at its own date makes no event: whoever rests on this looks again from time to time.
/// </summary>
/// <param name="PersonId">Account.</param>
/// <param name="OrganisationId">Where they no longer work.</param>
[EventName("access.membership-ended.v1")]
public sealed record MembershipEnded(Guid PersonId, Guid OrganisationId) : IIntegrationEvent;

/// <summary>Somebody was given a role that reaches patients' data, or came with it by an invitation (S25).</summary>
[EventName("access.care-role-given.v1")]
public sealed record CareRoleGiven(Guid PersonId, Guid OrganisationId) : IIntegrationEvent;

/// <summary>An administrator's role was ended by another one, who may be alone from now on (S25).</summary>
[EventName("access.administrator-ended.v1")]
public sealed record AdministratorEnded(Guid PersonId, Guid OrganisationId) : IIntegrationEvent;

/// <summary>One administrator gives a role that another has to confirm (S25).</summary>
/// <param name="ProposedById">Who may not confirm it.</param>
/// <param name="OrganisationId">Of which organisation.</param>
[EventName("access.role-proposed.v1")]
public sealed record RoleProposed(Guid ProposedById, Guid OrganisationId) : IIntegrationEvent;

/// <summary>A role that waited was confirmed or refused.</summary>
/// <param name="OrganisationId">Where it may be looked at: its own organisation, or the one above.</param>
[EventName("access.role-settled.v1")]
public sealed record RoleSettled(Guid OrganisationId) : IIntegrationEvent;

/// <summary>The only administrator of an organisation gave themselves the coordination: nobody else could.</summary>
/// <param name="PersonId">Account.</param>
/// <param name="OrganisationId">Of which organisation.</param>
[EventName("access.coordination-taken.v1")]
public sealed record CoordinationTaken(Guid PersonId, Guid OrganisationId) : IIntegrationEvent;

/// <summary>An administrator registered a program with a role that reaches patients' data (S25).</summary>
/// <param name="ClientId">The program.</param>
/// <param name="OrganisationId">Where it works.</param>
/// <param name="ByPersonId">Who registered it.</param>
[EventName("access.program-registered.v1")]
public sealed record ProgramRegistered(Guid ClientId, Guid OrganisationId, Guid ByPersonId) : IIntegrationEvent;
