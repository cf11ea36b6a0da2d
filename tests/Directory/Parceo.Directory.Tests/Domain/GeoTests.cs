using Parceo.Directory.Domain;

namespace Parceo.Directory.Tests.Domain;

internal sealed class GeoTests
{
    private static readonly GeoPoint Metz = new(49.10814, 6.19595);
    private static readonly GeoPoint Paris = new(48.85661, 2.34280);

    [Test]
    public void Distance_from_Metz_to_Paris() => Assert.That(Metz.DistanceKm(Paris), Is.EqualTo(282).Within(2));

    [Test]
    public void Every_point_within_a_radius_is_in_the_cells_around()
    {
        var random = new Random(3);
        foreach (var centre in new[] { Metz, Paris, new GeoPoint(-20.93306, 55.447), new GeoPoint(4.93, -52.33), new GeoPoint(46.83, -56.3) })
        {
            foreach (var radius in new[] { 0.5, 5, 20, 110 })
            {
                var ranges = GeoCell.Around(centre, radius);
                for (var round = 0; round < 500; round++)
                {
                    var point = new GeoPoint(centre.Latitude + (random.NextDouble() - 0.5) * radius / 45, centre.Longitude + (random.NextDouble() - 0.5) * radius / 30);
                    if (centre.DistanceKm(point) <= radius)
                    {
                        var cell = GeoCell.Of(point);
                        Assert.That(ranges.Any(r => r.From <= cell && cell <= r.To), Is.True, $"{centre} {radius} {point}");
                    }
                }
            }
        }
    }

    [Test]
    public void A_circle_costs_few_cells() =>
        Assert.That(GeoCell.Around(Metz, 20).Sum(r => r.To - r.From + 1), Is.LessThanOrEqualTo(36));
}
