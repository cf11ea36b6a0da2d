using NUnit.Framework;
using Parceo.Dashboards.Domain;
using Parceo.Dashboards.Pages;

namespace Parceo.Dashboards.Tests.Domain;

/// <summary>Values beside a chart are those that people say.</summary>
internal sealed class AxisTests
{
    [TestCase(0, Scale.Count, "0 | 1")]
    [TestCase(3, Scale.Count, "0 | 1 | 2 | 3")]
    [TestCase(7, Scale.Count, "0 | 2 | 4 | 6 | 8")]
    [TestCase(100, Scale.Count, "0 | 25 | 50 | 75 | 100")]
    [TestCase(1_284, Scale.Count, "0 | 500 | 1\u202F000 | 1\u202F500")]
    [TestCase(0.78, Scale.Share, "0\u202F% | 20\u202F% | 40\u202F% | 60\u202F% | 80\u202F%")]
    [TestCase(0.03, Scale.Share, "0\u202F% | 1\u202F% | 2\u202F% | 3\u202F%")]
    [TestCase(1, Scale.Share, "0\u202F% | 25\u202F% | 50\u202F% | 75\u202F% | 100\u202F%")]
    [TestCase(130, Scale.Minutes, "0\u00A0min | 1\u00A0h | 2\u00A0h | 3\u00A0h")]
    [TestCase(50, Scale.Minutes, "0\u00A0min | 15\u00A0min | 30\u00A0min | 45\u00A0min | 1\u00A0h")]
    [TestCase(4.2, Scale.Hours, "0\u00A0h | 2\u00A0h | 4\u00A0h | 6\u00A0h")]
    public void Round_values_from_zero(double max, Scale scale, string written) =>
        Assert.That(string.Join(" | ", Axis.Of(max, scale).Ticks.Select(t => French.Value(t, scale))), Is.EqualTo(written));

    [Test]
    public void Whatever_the_values_the_axis_holds_them_and_stays_readable([Values] Scale scale)
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var max = Math.Pow(10, random.NextDouble() * 7 - 3);
            var axis = Axis.Of(max, scale);
            Assert.That(axis.Top, Is.GreaterThanOrEqualTo(max * (1 - 1e-6)), $"{max}");
            Assert.That(axis.Ticks, Has.Count.InRange(2, 5), $"{max}");
            Assert.That(axis.Ticks, Is.Ordered.And.Unique);
        }
    }
}
