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

    /// <summary>The same, hidden when too few stand behind it.</summary>
    public Measure Cell(bool hideFew) => hideFew && Of is > 0 and < Smallest ? new(null, 0, true) : this;
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
