using System.Collections.Frozen;

namespace Parceo.Testing;

/// <summary>Somebody for feature tests: a role in an organisation, a territory, agendas. Not stored anywhere.</summary>
/// <param name="Id">Person.</param>
/// <param name="OrganisationId">Organisation.</param>
/// <param name="Roles">Of <see cref="Parceo.Roles"/>.</param>
public sealed record TestUser(Guid Id, Guid OrganisationId, params string[] Roles)
{
    /// <summary>Départements granted.</summary>
    public IReadOnlyCollection<string> Departements { get; init; } = [];

    /// <summary>Communes granted.</summary>
    public IReadOnlyCollection<string> Communes { get; init; } = [];

    /// <summary>Directory ids of the professionals they are, or for delegates: act for, in all that the role allows.</summary>
    public IReadOnlyCollection<Guid> PractitionerIds { get; init; } = [];

    /// <summary>Actions by professional, for a delegate with some only.</summary>
    public IReadOnlyDictionary<Guid, string[]> Delegations { get; init; } = new Dictionary<Guid, string[]>();

    /// <summary>Whether a second factor was proven.</summary>
    public bool SecondFactor { get; init; } = true;

    /// <summary>A regulator of a SAS of its own, for a département.</summary>
    public static TestUser Regulator(string departement = "57", Guid? organisation = null) =>
        new(Guid.CreateVersion7(), organisation ?? Guid.CreateVersion7(), Parceo.Roles.Regulator) { Departements = [departement] };

    /// <summary>An effector with an agenda of their own.</summary>
    public static TestUser Effector(Guid practitioner) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Parceo.Roles.Effector, Parceo.Roles.Professional)
        {
            PractitionerIds = [practitioner],
        };
}
