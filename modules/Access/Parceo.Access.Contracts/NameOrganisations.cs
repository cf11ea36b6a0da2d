using MediatR;

namespace Parceo.Access.Contracts;

/// <summary>Names and kinds of organisations by id, for lists of other modules. Unknown ids are left out.</summary>
/// <param name="Ids">At most 200.</param>
[OpenToSignedIn("Names of organisations are public facts.")]
public sealed record NameOrganisations(IReadOnlyList<Guid> Ids) : IRequest<IReadOnlyList<NamedOrganisation>>;

/// <summary>An organisation's name.</summary>
public sealed record NamedOrganisation(Guid Id, string Name, OrganisationKind Kind);
