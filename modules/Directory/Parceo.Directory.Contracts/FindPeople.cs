using MediatR;

namespace Parceo.Directory.Contracts;

/// <summary>Searches the directory by name, kind of professional and place.</summary>
public static class FindPeople
{
    /// <summary>
    /// By name: best match first, then distance. By place: nearest first. Otherwise by name. Accents and case do not
    /// matter, names come in either order, one wrong letter in the family name is forgiven.
    /// </summary>
    /// <param name="Q">As people speak: a name, a national number, a kind (<see cref="ReadEverydayWords"/>), a place, or two of them.</param>
    /// <param name="Profession">Code of a profession.</param>
    /// <param name="Skill">Code of a savoir-faire, or Parceo's group of them (<c>MEDECINE_GENERALE</c>).</param>
    /// <param name="Place">INSEE code, postal code, <c>lat,lon</c> or a commune's name.</param>
    /// <param name="RadiusKm">Around the place; the département's radius when null.</param>
    /// <param name="Limit">1–100 people.</param>
    /// <param name="Next">The cursor of the previous page.</param>
    /// <param name="Among">Only these people, at most 500: « infirmière de Woippy » of one's own community before anybody else.</param>
    [OpenToSignedIn("Names and professional addresses are public data of the national directory."), Limited(LimitKind.Search)]
    public sealed record Query(
        string? Q = null,
        string? Profession = null,
        string? Skill = null,
        string? Place = null,
        double? RadiusKm = null,
        int Limit = 20,
        string? Next = null,
        IReadOnlyList<Guid>? Among = null
    ) : IRequest<FoundPeople>;
}

/// <summary>A page of people.</summary>
/// <param name="Next">Cursor of the next page, or null at the end.</param>
public sealed record FoundPeople(IReadOnlyList<FoundPerson> People, string? Next);

/// <summary>A person found.</summary>
/// <param name="Id">Parceo's id of the person.</param>
/// <param name="NationalId">IDNPS.</param>
/// <param name="Name">As shown, with the title.</param>
/// <param name="Skills">Labels, specialty first.</param>
/// <param name="Activities">Those that fit the search first, nearest first.</param>
public sealed record FoundPerson(
    Guid Id,
    string NationalId,
    string Name,
    string Profession,
    IReadOnlyList<string> Skills,
    IReadOnlyList<FoundActivity> Activities
);

/// <summary>A place where a person found works.</summary>
/// <param name="Structure">Name of the structure, or null.</param>
/// <param name="Address">Street line, postal code and commune, or null.</param>
/// <param name="Commune">Name of the commune, or null.</param>
/// <param name="DistanceKm">From the searched place to the commune's centre; null without place.</param>
/// <param name="Phone">Public telephone, or null.</param>
public sealed record FoundActivity(string? Structure, string? Address, string? Commune, double? DistanceKm, string? Phone);
