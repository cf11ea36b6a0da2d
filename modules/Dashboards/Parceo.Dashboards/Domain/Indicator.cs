namespace Parceo.Dashboards.Domain;

/// <summary>Indicators of domain.md section 4 that this module computes. Stored by name.</summary>
internal enum Indicator
{
    /// <summary>I3: patients of the SAS booked in town, a month.</summary>
    Redirected,

    /// <summary>I4: from the opening to the start of care.</summary>
    Delay,

    /// <summary>I5: unfilled ÷ (booked + unfilled).</summary>
    Unfilled,

    /// <summary>I6: accepted ÷ solicited.</summary>
    Waves,

    /// <summary>I7: no-show ÷ (fulfilled + no-show).</summary>
    NoShow,

    /// <summary>I8: hours published per general practitioner and week.</summary>
    Hours,

    /// <summary>I9: reports within 48 h ÷ reports owed.</summary>
    Feedback,
}

/// <summary>What a value is counted in.</summary>
internal enum Scale
{
    /// <summary>Whole number.</summary>
    Count,

    /// <summary>Minutes.</summary>
    Minutes,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>0 to 1.</summary>
    Share,

    /// <summary>Hours.</summary>
    Hours,
}

/// <summary>A value with the number of things it was counted from (D36).</summary>
/// <param name="Value">Null when there is nothing to count, or when it is hidden.</param>
/// <param name="Of">How many things; 0 when hidden.</param>
/// <param name="Few">Under 11: hidden outside care (D37).</param>
internal sealed record Measure(double? Value, int Of, bool Few = false)
{
    /// <summary>Cells under it are hidden (D37).</summary>
    public const int Smallest = 11;

    /// <summary>Nothing was counted.</summary>
    public static Measure None { get; } = new(null, 0);

    /// <summary>A number of things.</summary>
    public static Measure Count(int n) => new(n, n);

    /// <summary>A part of a whole.</summary>
    public static Measure Share(int part, int whole) => whole == 0 ? None : new((double)part / whole, whole);

    /// <summary>
    /// As people outside care see it (D37): nothing when fewer than 11 stand behind it, or behind either part of a share; else from
    /// numbers rounded to tens. Whatever two views are subtracted, a day from a month or a numerator from its share, what comes out
    /// is no small number.
    /// </summary>
    public Measure Cell(bool outside, Scale scale)
    {
        if (!outside || Of == 0)
            return this;
        var part = scale == Scale.Share ? (int)Math.Round(Value!.Value * Of) : Of;
        if (IsFew(Of) || IsFew(part) || IsFew(Of - part))
            return new(null, 0, true);
        var of = Tens(Of);
        return new(
            scale switch
            {
                Scale.Count => of,
                Scale.Share => Math.Round(Math.Min(1, (double)Tens(part) / of), 2),
                Scale.Minutes => Coarse(Value!.Value, Value < 60 ? 5 : 15),
                Scale.Seconds => Coarse(Value!.Value, 10),
                _ => Coarse(Value!.Value, 0.5),
            },
            of
        );
    }

    private static bool IsFew(int n) => n is > 0 and < Smallest;

    private static int Tens(int n) => (n + 5) / 10 * 10;

    private static double Coarse(double value, double step) => Math.Round(value / step) * step;
}

/// <summary>Percentiles of values that come with how often each occurs.</summary>
internal static class Percentile
{
    /// <summary>The value under which a share <paramref name="p"/> (0–1) lies, between two neighbours in proportion (as spreadsheets do); null of nothing.</summary>
    public static double? Of(IEnumerable<(int Value, int Times)> histogram, double p)
    {
        var sorted = histogram.Where(h => h.Times > 0).OrderBy(h => h.Value).ToList();
        var n = sorted.Sum(h => h.Times);
        if (n == 0)
            return null;
        var rank = p * (n - 1);
        var (low, high) = (At((int)Math.Floor(rank)), At((int)Math.Ceiling(rank)));
        return low + ((high - low) * (rank - Math.Floor(rank)));

        int At(int index)
        {
            foreach (var (value, times) in sorted)
            {
                if (index < times)
                    return value;
                index -= times;
            }
            return sorted[^1].Value;
        }
    }
}
