using NUnit.Framework;
using Parceo.Platform.Geo;

namespace Parceo.Platform.Tests;

/// <summary>Properties over many random points of France; a failing seed is printed and replays.</summary>
internal sealed class GeoCellTests
{
    private const int Points = 20_000;

    // Corners of metropolitan France and the overseas départements.
    private static readonly (double South, double North, double West, double East)[] France =
    [
        (42.3, 51.1, -5.1, 8.2),
        (41.3, 43.1, 8.5, 9.6),
        (15.8, 16.6, -61.9, -61.0),
        (14.3, 14.9, -61.3, -60.8),
        (2.1, 5.8, -54.6, -51.6),
        (-21.4, -20.8, 55.2, 55.9),
        (-13.1, -12.6, 45.0, 45.3),
    ];

    [TestCase(1), TestCase(2), TestCase(3)]
    public void Around_covers_every_point_within_the_radius(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Points; i++)
        {
            var centre = Point(random);
            var radius = 0.1 + (random.NextDouble() * random.NextDouble() * 100);
            var point = Near(random, centre, radius);
            if (centre.DistanceTo(point) > radius)
                continue;
            if (!GeoCell.Around(centre, radius).Contains(GeoCell.Of(point)))
                Assert.Fail(
                    $"seed {seed}, try {i}: {point} is {centre.DistanceTo(point):0.000} km from {centre} and its cell is not among those of {radius:0.000} km"
                );
        }
    }

    [TestCase(4), TestCase(5)]
    public void Around_names_no_cell_twice_and_begins_with_the_centre(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var centre = Point(random);
            var cells = GeoCell.Around(centre, 1 + (random.NextDouble() * 60));
            Assert.That(cells, Is.Unique);
            Assert.That(cells[0], Is.EqualTo(GeoCell.Of(centre)), $"seed {seed}, try {i}");
        }
    }

    [TestCase(6), TestCase(7)]
    public void Distances_are_within_half_a_percent_of_the_great_circle_up_to_100_km(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Points; i++)
        {
            var a = Point(random);
            var b = Near(random, a, 100);
            var great = Haversine(a, b);
            if (great is < 0.01 or > 100)
                continue;
            if (Math.Abs(a.DistanceTo(b) - great) > great * 0.005)
                Assert.Fail($"seed {seed}, try {i}: {a} to {b} is {great:0.0000} km, not {a.DistanceTo(b):0.0000}");
        }
    }

    [Test]
    public void Cells_of_the_whole_of_France_are_different_numbers()
    {
        var seen = new Dictionary<int, GeoPoint>();
        foreach (var (south, north, west, east) in France)
            for (var latitude = south; latitude < north; latitude += 0.02)
            for (var longitude = west; longitude < east; longitude += 0.03)
            {
                var point = new GeoPoint(latitude, longitude);
                if (!seen.TryAdd(GeoCell.Of(point), point))
                    Assert.That(seen[GeoCell.Of(point)].DistanceTo(point), Is.LessThan(25), "two far places share a cell");
            }
    }

    private static GeoPoint Point(Random random)
    {
        var (south, north, west, east) = France[random.Next(10) < 6 ? 0 : random.Next(France.Length)];
        return new(south + (random.NextDouble() * (north - south)), west + (random.NextDouble() * (east - west)));
    }

    private static GeoPoint Near(Random random, GeoPoint centre, double radius)
    {
        var (angle, distance) = (random.NextDouble() * 2 * Math.PI, radius * Math.Sqrt(random.NextDouble()) * 1.02);
        return new(
            centre.Latitude + (Math.Sin(angle) * distance / GeoPoint.KmPerLatitude),
            centre.Longitude + (Math.Cos(angle) * distance / centre.KmPerLongitude)
        );
    }

    private static double Haversine(GeoPoint a, GeoPoint b)
    {
        static double Radians(double degrees) => degrees * Math.PI / 180;
        var (dLatitude, dLongitude) = (Radians(b.Latitude - a.Latitude) / 2, Radians(b.Longitude - a.Longitude) / 2);
        var h =
            Math.Pow(Math.Sin(dLatitude), 2)
            + (Math.Cos(Radians(a.Latitude)) * Math.Cos(Radians(b.Latitude)) * Math.Pow(Math.Sin(dLongitude), 2));
        return 2 * 6371.0088 * Math.Asin(Math.Sqrt(h));
    }
}
