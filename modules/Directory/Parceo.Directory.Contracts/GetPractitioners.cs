using MediatR;

namespace Parceo.Directory.Contracts;

/// <summary>People of the directory by id, with their open activities: for modules that keep a copy of a name and a place.</summary>
public static class GetPractitioners
{
    /// <summary>At most 100 ids; unknown and withdrawn people are absent from the answer.</summary>
    [OpenToSignedIn("Names and professional addresses are public data of the national directory.")]
    public sealed record Query(IReadOnlyList<Guid> PersonIds) : IRequest<IReadOnlyList<Practitioner>>;
}

/// <summary>A professional.</summary>
/// <param name="Id">Parceo's id of the person.</param>
/// <param name="NationalId">IDNPS: type digit and number.</param>
/// <param name="Name">As shown, with the title: <c>Dr Bilal Haddad</c>.</param>
/// <param name="Profession">Their profession as it agrees with them: « Infirmière ».</param>
/// <param name="ProfessionCode">NOS code of the first one.</param>
/// <param name="Skill">NOS label of the main specialty, or null.</param>
/// <param name="CareCode">What a search for care asks for: <c>MEDECINE_GENERALE</c> for all three codes of general practice, else the NOS code of the main specialty (<c>SM42</c>), else that of the profession (<c>60</c>).</param>
/// <param name="Activities">Open activities.</param>
public sealed record Practitioner(
    Guid Id,
    string NationalId,
    string Name,
    string Profession,
    string ProfessionCode,
    string? Skill,
    string CareCode,
    IReadOnlyList<PractitionerActivity> Activities
);

/// <summary>A place where a professional works.</summary>
/// <param name="Id">Parceo's id of the activity.</param>
/// <param name="Structure">Name of the structure, or null.</param>
/// <param name="Address">Street line, or null.</param>
/// <param name="PostalCode">Postal code, or null.</param>
/// <param name="Commune">INSEE code of the commune, or null.</param>
/// <param name="CommuneName">Its name, or null.</param>
/// <param name="Departement">Code of the département, or null.</param>
/// <param name="Latitude">Decimal degrees WGS 84; the commune's centre when nothing better is known.</param>
/// <param name="Longitude">Decimal degrees WGS 84.</param>
/// <param name="Phone">Public telephone, or null.</param>
public sealed record PractitionerActivity(
    Guid Id,
    string? Structure,
    string? Address,
    string? PostalCode,
    string? Commune,
    string? CommuneName,
    string? Departement,
    double? Latitude,
    double? Longitude,
    string? Phone
);
