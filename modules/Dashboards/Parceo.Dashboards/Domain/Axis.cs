namespace Parceo.Dashboards.Domain;

/// <summary>The values that stand beside a chart: round ones, from zero to what holds the highest bar, five at most.</summary>
internal sealed record Axis(IReadOnlyList<double> Ticks)
{
    private const int MostSteps = 4;

    // What people count time in: no quarter of an hour is a decimal.
    private static readonly double[] Times = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 5760, 10080];

    /// <summary>The highest of them.</summary>
    public double Top => Ticks[^1];

    /// <summary>For values up to <paramref name="max"/>.</summary>
    public static Axis Of(double max, Scale scale)
    {
        var least =
            Math.Max(
                max,
                scale switch
                {
                    Scale.Share => 0.04,
                    Scale.Hours => 1,
                    _ => 4,
                }
            ) / MostSteps;
        var step = scale is Scale.Minutes or Scale.Seconds
            ? Times.Append(least).First(t => t >= least)
            : Round(least, scale == Scale.Count);
        var steps = Math.Max(1, (int)Math.Ceiling((max / step) - 1e-9));
        return new([.. Enumerable.Range(0, steps + 1).Select(i => i * step)]);
    }

    /// <summary>The next of 1, 2, 2,5 and 5 times a power of ten; there are no half patients.</summary>
    private static double Round(double least, bool whole)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return new[] { 1, 2, 2.5, 5, 10 }.Select(n => n * power).First(n => n >= least - 1e-12 && (!whole || n % 1 == 0));
    }
}
