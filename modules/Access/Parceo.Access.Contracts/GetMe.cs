using MediatR;

namespace Parceo.Access.Contracts;

/// <summary>Who is signed in, where they work now, and where else they could: what the shell shows. Null when nobody is.</summary>
[OpenToAnyone("Answers with the caller's own identity, nothing when signed out.")]
public sealed record GetMe : IRequest<Me?>;

/// <summary>The signed-in person.</summary>
/// <param name="Name">« Dr Amandine Roche », title included.</param>
/// <param name="Organisation">The organisation worked in now; null when they belong to none.</param>
/// <param name="Organisations">Those they may switch to, the current one included, by name.</param>
/// <param name="Permissions">What they may do now, in alphabetical order.</param>
/// <param name="ActsFor">Directory ids of the professionals they are, or act for as a delegate.</param>
/// <param name="SecondFactor">Whether the session proved a second factor (S3).</param>
public sealed record Me(
    Guid Id,
    string Name,
    MyOrganisation? Organisation,
    IReadOnlyList<MyOrganisation> Organisations,
    IReadOnlyList<string> Permissions,
    IReadOnlyList<Guid> ActsFor,
    bool SecondFactor
);

/// <summary>An organisation with what the person is there.</summary>
/// <param name="Name">« SAS 57 ».</param>
/// <param name="Roles">Role names (<see cref="Roles"/>).</param>
public sealed record MyOrganisation(Guid Id, string Name, OrganisationKind Kind, IReadOnlyList<string> Roles);
