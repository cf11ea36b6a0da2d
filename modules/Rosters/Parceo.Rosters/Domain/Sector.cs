using Parceo.Platform;
using Parceo.Rosters.Contracts;

namespace Parceo.Rosters.Domain;

/// <summary>A commune of a sector.</summary>
/// <param name="Code">INSEE.</param>
/// <param name="Name">Copied.</param>
internal sealed record SectorCommune(string Code, string Name);

/// <summary>A sector of duty, of doctors or of pharmacies, or a line of regulation: where, its telephone, and the periods to cover.</summary>
internal sealed class Sector : IOwned
{
    private List<SectorCommune> communes = [];
    private List<DutyRule> rules = [];

    private Sector() { }

    /// <summary>A sector of an organisation.</summary>
    public Sector(Guid id, Guid organisationId, SectorKind kind) => (Id, OrganisationId, Kind) = (id, organisationId, kind);

    public Guid Id { get; private set; }

    public Guid OrganisationId { get; private set; }

    /// <summary>What is covered.</summary>
    public SectorKind Kind { get; private set; }

    /// <summary>« Metz centre ».</summary>
    public string Name { get; private set; } = "";

    /// <summary>Code; decides zone and public holidays.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>Telephone of the duty or of the line, or null.</summary>
    public string? Phone { get; private set; }

    /// <summary>More duties of one person in an ISO week raise a warning.</summary>
    public int MostPerWeek { get; private set; } = 3;

    /// <summary>No longer planned; past rosters stay.</summary>
    public bool Closed { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>Communes covered; none for a line.</summary>
    public IReadOnlyList<SectorCommune> Communes => communes;

    /// <summary>Periods to cover.</summary>
    public IReadOnlyList<DutyRule> Rules => rules;

    /// <summary>IANA zone of the place.</summary>
    public string Zone => Zones.OfDepartement(Departement);

    /// <summary>Says it all anew.</summary>
    public void Change(
        string name,
        string departement,
        string? phone,
        int mostPerWeek,
        IEnumerable<SectorCommune> places,
        IEnumerable<DutyRule> periods,
        bool closed
    )
    {
        Name = name;
        Departement = departement;
        Phone = phone;
        MostPerWeek = mostPerWeek;
        Closed = closed;
        communes = [.. places.DistinctBy(c => c.Code)];
        rules = [.. periods];
        if (rules.Count == 0)
            throw InvalidException.Of("rules", "roster_rules_missing");
        Version++;
    }
}
