using System.Globalization;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Geo;

namespace Parceo.Directory.Reference;

/// <summary>Turns text into a place.</summary>
internal sealed class LocationResolver(CommuneIndex communes)
{
    /// <summary>The place, or null when none is meant.</summary>
    /// <param name="text"><c>lat,lon</c>, INSEE code, postal code, name, or « name (code) » as a combobox writes it.</param>
    /// <param name="home">The communes of whoever asks.</param>
    public Location? Resolve(string text, Func<Commune, bool>? home = null)
    {
        text = text.Trim();
        if (Point(text) is { } point)
        {
            var here = communes.Nearest(point);
            var inFrance = here.Point!.Value.DistanceTo(point) < 60;
            return new(
                string.Create(FrenchText.Culture, $"{point.Latitude:0.000}, {point.Longitude:0.000}"),
                point.Latitude,
                point.Longitude,
                Precise: true,
                inFrance ? here.Insee : null,
                inFrance ? here.Departement : null
            );
        }
        var known = communes.Find(text.ToUpperInvariant());
        if (known is null && communes.ByPostalCode(text) is { Count: > 0 } served)
        {
            known = served[0];
        }
        known ??= communes.Suggest(text, 1, home) is [var likeliest, ..] ? likeliest : null;
        return known?.Point is not { } middle
            ? null
            : new(known.Label, middle.Latitude, middle.Longitude, Precise: false, known.Insee, known.Departement);
    }

    /// <summary>Of <c>lat,lon</c>, or null.</summary>
    public static GeoPoint? Point(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && Degrees(text[..comma], 70) is { } latitude && Degrees(text[(comma + 1)..], 180) is { } longitude
            ? new GeoPoint(latitude, longitude)
            : null;
    }

    /// <summary>As it is read again: « 49.07861, 6.22944 », to the metre.</summary>
    public static string Write(GeoPoint point) =>
        string.Create(CultureInfo.InvariantCulture, $"{point.Latitude:0.#####}, {point.Longitude:0.#####}");

    private static double? Degrees(string text, double most) =>
        double.TryParse(
            text.Trim(),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var value
        )
        && Math.Abs(value) <= most
            ? value
            : null;
}
