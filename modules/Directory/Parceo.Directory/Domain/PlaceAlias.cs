using Parceo.Platform;
using Parceo.Platform.Geo;

namespace Parceo.Directory.Domain;

/// <summary>
/// What people of a territory call a place that is no commune: a quarter (« Borny »), a landmark (« gare de Metz »). It stands
/// for a commune, and for a point of it where one is known.
/// </summary>
internal sealed class PlaceAlias : IOwned
{
    /// <summary>Characters of <see cref="Key"/>: folding writes some words out (« st » is « saint »).</summary>
    public const int LongestKey = 80;

    private PlaceAlias() { }

    /// <summary>A name of an organisation.</summary>
    public PlaceAlias(Guid id, Guid organisationId, string words, (string Code, string Departement) commune, GeoPoint? point)
    {
        Id = id;
        OrganisationId = organisationId;
        Words = words;
        Key = KeyOf(words);
        CommuneCode = commune.Code;
        Departement = commune.Departement;
        Latitude = point?.Latitude;
        Longitude = point?.Longitude;
    }

    public Guid Id { get; private set; }

    public Guid OrganisationId { get; private set; }

    /// <summary>As shown.</summary>
    public string Words { get; private set; } = "";

    /// <summary>As looked for; unique in an organisation.</summary>
    public string Key { get; private set; } = "";

    /// <summary>INSEE code.</summary>
    public string CommuneCode { get; private set; } = "";

    /// <summary>Code, of the commune.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>Of the exact point; null for the middle of the commune.</summary>
    public double? Latitude { get; private set; }

    /// <summary>Of the exact point.</summary>
    public double? Longitude { get; private set; }

    /// <summary>The exact point, or null.</summary>
    public GeoPoint? Point => Latitude is { } latitude && Longitude is { } longitude ? new(latitude, longitude) : null;

    /// <summary>Words as looked for: no case, no accents, no small words (« la gare de Metz » is « gare metz »).</summary>
    public static string KeyOf(string words)
    {
        var all = Folding.Fold(words);
        var said = string.Join(' ', all.Split(' ').Where(w => !Small.Contains(w)));
        return said.Length > 0 ? said : all;
    }

    /// <summary>Whether a word inside names the place itself: « Mercy » of « CHR Mercy », not « Nancy » of « route de Nancy ».</summary>
    public bool IsNamedAfter(string word)
    {
        var words = Folding.Fold(Words).Split(' ');
        var at = Array.IndexOf(words, word);
        return at > 0 && !Small.Contains(words[at - 1]);
    }

    private static readonly HashSet<string> Small = ["a", "au", "aux", "d", "de", "des", "du", "l", "la", "le", "les"];
}
