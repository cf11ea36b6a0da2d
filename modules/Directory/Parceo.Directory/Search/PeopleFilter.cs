using Parceo.Platform.Geo;

namespace Parceo.Directory.Search;

/// <summary>What people must be and where; an empty list of codes means any.</summary>
/// <param name="Professions">Profession codes.</param>
/// <param name="Skills">Savoir-faire codes.</param>
/// <param name="Centre">Middle of the searched circle, or null for anywhere.</param>
/// <param name="RadiusKm">Radius of the circle.</param>
internal sealed record PeopleFilter(IReadOnlyList<string> Professions, IReadOnlyList<string> Skills, GeoPoint? Centre, double RadiusKm)
{
    /// <summary>Codes of the sectors they work in: hospitals, retirement homes…</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    /// <summary>Only these people; null for anybody.</summary>
    public IReadOnlyList<Guid>? Among { get; init; }

    /// <summary>Of whatever kind.</summary>
    public bool IsOfAnyKind => Professions.Count == 0 && Skills.Count == 0 && Sectors.Count == 0;

    /// <summary>Cells the circle touches; null for anywhere.</summary>
    public IReadOnlyList<int>? Cells => Centre is { } centre ? GeoCell.Around(centre, RadiusKm) : null;

    /// <summary>Distance to a point, null without centre or point.</summary>
    public double? Distance(double? latitude, double? longitude) =>
        Centre is { } centre && latitude is { } lat && longitude is { } lon ? centre.DistanceTo(new(lat, lon)) : null;
}

/// <summary>A person found, and how far.</summary>
internal readonly record struct Hit(Guid PersonId, double? DistanceKm);

/// <summary>A page of hits and where the next one begins.</summary>
internal sealed record HitPage(IReadOnlyList<Hit> Hits, string? Next)
{
    /// <summary>Nobody.</summary>
    public static HitPage Empty { get; } = new([], null);
}
