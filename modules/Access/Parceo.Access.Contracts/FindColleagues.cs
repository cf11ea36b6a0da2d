using MediatR;

namespace Parceo.Access.Contracts;

/// <summary>
/// Accounts one may write to, by name, by id, or by professional: enabled, with a live role that allows it. For choosing
/// recipients and naming members; shows no address and grants nothing.
/// </summary>
/// <param name="Permission">What they must be able to do; null for whoever has a live role, whatever it is.</param>
/// <param name="Text">Words of the name, each as a beginning; at most 80 characters. Null: only by id.</param>
/// <param name="PersonIds">Accounts, at most 500.</param>
/// <param name="PractitionerIds">Professionals of the directory, at most 500.</param>
/// <param name="OrganisationId">Members of this organisation only.</param>
/// <param name="Limit">1–500.</param>
/// <param name="ShownIn">Whoever also works in this organisation is shown as its member.</param>
/// <param name="InCare">Only where a role of theirs reaches patients (<see cref="Roles.IsCare"/>).</param>
[OpenToSignedIn("Names and organisations of colleagues; no address, no right.")]
public sealed record FindColleagues(
    string? Permission,
    string? Text = null,
    IReadOnlyList<Guid>? PersonIds = null,
    IReadOnlyList<Guid>? PractitionerIds = null,
    Guid? OrganisationId = null,
    int Limit = 10,
    Guid? ShownIn = null,
    bool InCare = false
) : IRequest<IReadOnlyList<Colleague>>;

/// <summary>An account that can be written to.</summary>
/// <param name="PersonId">Account.</param>
/// <param name="Name">« Dr Amandine Roche ».</param>
/// <param name="PractitionerId">In the directory, when they are a professional.</param>
/// <param name="OrganisationId">Where they work: the one that was asked for, else the first by name.</param>
/// <param name="Organisation">Its name.</param>
/// <param name="OrganisationIds">All where they have such a role, in that order.</param>
/// <param name="Roles">What they are in <paramref name="OrganisationId"/>, of what allows it.</param>
public sealed record Colleague(
    Guid PersonId,
    string Name,
    Guid? PractitionerId,
    Guid OrganisationId,
    string Organisation,
    IReadOnlyList<Guid> OrganisationIds,
    IReadOnlyList<string> Roles
);
