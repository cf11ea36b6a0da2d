using Parceo.Access.Contracts;
using Parceo.Platform;

namespace Parceo.Access.Domain;

/// <summary>An organisation and its territory: whole départements, or a set of communes.</summary>
internal sealed class Organisation
{
    private readonly List<OrganisationCommune> communes = [];
    private readonly List<OrganisationDepartement> departements = [];

    private Organisation() { }

    public Organisation(Guid id, OrganisationKind kind, string name, Guid? parentId, DateTimeOffset now)
    {
        Id = id;
        Kind = kind;
        Rename(name);
        ParentId = parentId;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }
    public OrganisationKind Kind { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Name as lists are in order of it.</summary>
    public string SortKey { get; private set; } = "";

    /// <summary>A health house inside its community, for example; its administrators manage it too.</summary>
    public Guid? ParentId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When an administrator last had a mail sent to themselves, and the server took it.</summary>
    public DateTimeOffset? MailTestedAt { get; private set; }

    /// <summary>Counts what is decided on all that it has: who administers it, its territory, its invitations.</summary>
    public int Version { get; private set; }
    public IReadOnlyList<OrganisationCommune> Communes => communes;
    public IReadOnlyList<OrganisationDepartement> Departements => departements;

    /// <summary>Regulation belongs to a SAS: no other organisation makes regulators (S22). A single number belongs to a community.</summary>
    public bool Has(string role) =>
        role switch
        {
            Roles.Regulator or Roles.SasReferent => Kind == OrganisationKind.AccessService,
            Roles.SingleNumberDesk => Kind == OrganisationKind.Community,
            _ => true,
        };

    public void RefuseForeignRole(string role)
    {
        if (!Has(role))
            throw new ForbiddenException("role_elsewhere");
    }

    /// <summary>
    /// Whether its administrators may make one of that kind below it: a place where people work. A SAS, a community (whose
    /// single number orients, too) and an agency reach patients or figures of a whole territory: whoever runs the machine makes them.
    /// </summary>
    public static bool MayBeMadeBelow(OrganisationKind kind) =>
        kind
            is OrganisationKind.HealthHouse
                or OrganisationKind.HealthCentre
                or OrganisationKind.PrimaryCareTeam
                or OrganisationKind.SupportUnit
                or OrganisationKind.Hospital;

    /// <summary>Two administrators who leave at once, two invitations: they meet here, and the second looks again.</summary>
    public void Claim() => Version++;

    public void MailTested(DateTimeOffset now) => MailTestedAt = now;

    public void Rename(string name) => (Name, SortKey) = (name, TextRules.Fold(name));

    /// <summary>Makes the territory exactly this, changing only what differs.</summary>
    public void Cover(IReadOnlyCollection<string> communeCodes, IReadOnlyCollection<string> departementCodes)
    {
        if (
            communes.Select(c => c.Commune).ToHashSet().SetEquals(communeCodes)
            && departements.Select(d => d.Departement).ToHashSet().SetEquals(departementCodes)
        )
            return;
        Claim();
        communes.RemoveAll(c => !communeCodes.Contains(c.Commune));
        communes.AddRange(
            communeCodes.Distinct().Except(communes.Select(c => c.Commune)).Select(c => new OrganisationCommune(Id, c)).ToList()
        );
        departements.RemoveAll(d => !departementCodes.Contains(d.Departement));
        departements.AddRange(
            departementCodes
                .Distinct()
                .Except(departements.Select(d => d.Departement))
                .Select(d => new OrganisationDepartement(Id, d))
                .ToList()
        );
    }
}

/// <summary>A commune (INSEE code) of a territory.</summary>
internal sealed record OrganisationCommune(Guid OrganisationId, string Commune);

/// <summary>A whole département (INSEE code) of a territory.</summary>
internal sealed record OrganisationDepartement(Guid OrganisationId, string Departement);
