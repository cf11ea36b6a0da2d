namespace Parceo.Regulation.Domain;

/// <summary>All that an invited effector learns of an age.</summary>
internal static class AgeBand
{
    private static readonly int[] Bounds = [2, 6, 16, 30, 50, 70, 85];

    /// <summary>First and last year of the band; the last band has no end.</summary>
    public static (int From, int? To) Of(int age)
    {
        var from = 0;
        foreach (var bound in Bounds)
        {
            if (age < bound)
                return (from, bound - 1);
            from = bound;
        }
        return (from, null);
    }
}
