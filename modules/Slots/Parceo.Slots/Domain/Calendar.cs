using System.Security.Cryptography;
using Parceo.Platform;
using Parceo.Platform.Geo;

namespace Parceo.Slots.Domain;

/// <summary>
/// A professional at a place (FHIR: Schedule), with the copy of the directory that results show, so that a search joins
/// nothing outside this module. Its id is the directory's activity id.
/// </summary>
internal sealed class Calendar
{
    private Calendar() { }

    /// <summary>A calendar for an activity.</summary>
    public Calendar(Guid activityId, Guid practitionerId)
    {
        (Id, PractitionerId) = (activityId, practitionerId);
        // A hash, because ids are not random: those of an import follow the national numbers.
        Shuffle = (BitConverter.ToInt32(SHA256.HashData(practitionerId.ToByteArray())) & int.MaxValue) | 1;
    }

    /// <summary>The directory's activity id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The directory's person id.</summary>
    public Guid PractitionerId { get; private set; }

    /// <summary>With the title.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Group of specialties, <c>MEDECINE_GENERALE</c>; the profession when there is none.</summary>
    public string Skill { get; private set; } = "";

    /// <summary>As shown.</summary>
    public string SkillLabel { get; private set; } = "";

    /// <summary>Structure or street line.</summary>
    public string LocationLabel { get; private set; } = "";

    /// <summary>Name of the commune.</summary>
    public string Commune { get; private set; } = "";

    /// <summary>INSEE code of the commune, or null.</summary>
    public string? CommuneCode { get; private set; }

    public string Departement { get; private set; } = "";

    /// <summary>Public telephone.</summary>
    public string? Phone { get; private set; }

    /// <summary>WGS 84.</summary>
    public double Latitude { get; private set; }

    /// <summary>WGS 84.</summary>
    public double Longitude { get; private set; }

    /// <summary>10 km cell.</summary>
    public int Cell { get; private set; }

    /// <summary>A fixed odd number drawn from the id: multiplied by a search's seed it gives the random order of W1.3.</summary>
    public int Shuffle { get; private set; }

    /// <summary>IANA zone of the place (S61).</summary>
    public string Zone { get; private set; } = Zones.Paris;

    /// <summary>May be called for one more (W1.5).</summary>
    public bool AcceptsOverCapacity { get; private set; }

    /// <summary>CPTS, MSP or SOS Médecins through which they take part, as shown.</summary>
    public string? Via { get; private set; }

    /// <summary>How they take part: over capacity on a call (W1.5), through which organisation.</summary>
    public void TakePart(bool acceptsOverCapacity, string? via) => (AcceptsOverCapacity, Via) = (acceptsOverCapacity, via);

    /// <summary>Takes over what the directory says now; true when something is different.</summary>
    public bool Refresh(
        string name,
        string skill,
        string skillLabel,
        string locationLabel,
        string commune,
        string departement,
        string? phone,
        GeoPoint point,
        string? communeCode = null
    )
    {
        var before = (Name, Skill, SkillLabel, LocationLabel, Commune, Departement, Phone, Latitude, Longitude, CommuneCode);
        Name = name;
        Skill = skill;
        SkillLabel = skillLabel;
        LocationLabel = locationLabel;
        Commune = commune;
        Departement = departement;
        Phone = phone;
        Latitude = point.Latitude;
        Longitude = point.Longitude;
        Cell = GeoCell.Of(point);
        Zone = Zones.OfDepartement(departement);
        CommuneCode = communeCode;
        return before != (Name, Skill, SkillLabel, LocationLabel, Commune, Departement, Phone, Latitude, Longitude, CommuneCode);
    }
}

/// <summary>The search radius of a département where it was changed from the national table.</summary>
internal sealed class RadiusSetting(string departement)
{
    /// <summary>Code of the département.</summary>
    public string Departement { get; private set; } = departement;

    /// <summary>Where a search begins, km.</summary>
    public double DefaultKm { get; private set; }

    /// <summary>By how much it is widened, km.</summary>
    public double StepKm { get; private set; }

    /// <summary>Who changed it, and when (D50).</summary>
    public Guid ChangedBy { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>Sets the distances, km.</summary>
    public void Change(double defaultKm, double stepKm, Guid by, DateTimeOffset at)
    {
        DefaultKm = defaultKm;
        StepKm = stepKm;
        ChangedBy = by;
        ChangedAt = at;
        Version++;
    }
}
