namespace Parceo.Platform.Geo;

/// <summary>A point in decimal degrees, WGS 84.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Kilometres in one degree of latitude.</summary>
    public const double KmPerLatitude = 111.195;

    /// <summary>
    /// Kilometres as the crow flies on a local plane around this point: within 0.5 % of the great circle up to 100 km
    /// at French latitudes, and the same arithmetic as the search's SQL, so that both agree to the metre.
    /// </summary>
    public double DistanceTo(GeoPoint other)
    {
        var dy = (other.Latitude - Latitude) * KmPerLatitude;
        var dx = (other.Longitude - Longitude) * KmPerLongitude;
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    /// <summary>Kilometres in one degree of longitude at this latitude.</summary>
    public double KmPerLongitude => KmPerLatitude * Math.Cos(Latitude * Math.PI / 180);
}

/// <summary>
/// A square of about 10 km, as one integer for indexes (performance design 2). Rows are 10 km of latitude; the columns
/// of a row are 10 km at the latitude of its middle, so that cells keep their size from Dunkirk to Cayenne.
/// </summary>
public static class GeoCell
{
    /// <summary>Side of a cell, km.</summary>
    public const double Size = 10;
    private const double KmPerDegree = GeoPoint.KmPerLatitude;
    private const int Columns = 8192,
        Half = 4096;

    /// <summary>The cell of a point.</summary>
    public static int Of(GeoPoint p)
    {
        var row = RowOf(p.Latitude);
        return Cell(row, ColumnOf(row, p.Longitude));
    }

    /// <summary>The cells that a circle touches, those nearest to its centre first.</summary>
    public static IReadOnlyList<int> Around(GeoPoint centre, double radiusKm)
    {
        // Near the poles a degree of longitude is nothing and a row has no end; France and its overseas territories are far from them.
        if (Math.Abs(centre.Latitude) + (radiusKm / KmPerDegree) > 80 || radiusKm > 1000)
            throw InvalidException.Of("place", "place_unknown");
        var cells = new List<(double Distance, int Cell)>();
        var dLatitude = radiusKm / KmPerDegree;
        for (var row = RowOf(centre.Latitude - dLatitude); row <= RowOf(centre.Latitude + dLatitude); row++)
        {
            // A circle is at most this wide anywhere: its own radius measured with the longest-stretched latitude of the row.
            var dLongitude = radiusKm / centre.KmPerLongitude;
            for (
                var column = ColumnOf(row, centre.Longitude - dLongitude);
                column <= ColumnOf(row, centre.Longitude + dLongitude);
                column++
            )
            {
                var distance = NearestPoint(centre, row, column);
                if (distance <= radiusKm)
                    cells.Add((distance, Cell(row, column)));
            }
        }
        return [.. cells.OrderBy(c => c.Distance).ThenBy(c => c.Cell).Select(c => c.Cell)];
    }

    private static double NearestPoint(GeoPoint centre, int row, int column)
    {
        var (south, north) = (row * Size / KmPerDegree, (row + 1) * Size / KmPerDegree);
        var (west, east) = (column * DegreesPerColumn(row), (column + 1) * DegreesPerColumn(row));
        return centre.DistanceTo(new(Math.Clamp(centre.Latitude, south, north), Math.Clamp(centre.Longitude, west, east)));
    }

    private static int RowOf(double latitude) => (int)Math.Floor(latitude * KmPerDegree / Size);

    private static int ColumnOf(int row, double longitude) => (int)Math.Floor(longitude / DegreesPerColumn(row));

    private static double DegreesPerColumn(int row)
    {
        var middle = (row + 0.5) * Size / KmPerDegree * Math.PI / 180;
        return Size / (KmPerDegree * Math.Cos(middle));
    }

    private static int Cell(int row, int column) => ((row + 1024) * Columns) + column + Half;
}
