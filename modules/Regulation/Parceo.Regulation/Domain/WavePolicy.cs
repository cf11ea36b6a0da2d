namespace Parceo.Regulation.Domain;

/// <summary>
/// How waves run in a département, dated (D50): a change is a new row, and a solicitation keeps the one of its beginning.
/// Defaults of W1.5 (editable, their source is the specification, not a law).
/// </summary>
internal sealed class WavePolicy
{
    private WavePolicy() { }

    /// <summary>A policy from a moment on.</summary>
    public WavePolicy(Guid id, string departement, WavePlan plan, DateTimeOffset from, Guid author, string? authorName, string? source)
    {
        Id = id;
        Departement = departement;
        From = from;
        AuthorId = author;
        AuthorName = authorName;
        Source = source;
        UsualMinutes = plan.UsualMinutes;
        Size1 = plan.Size1;
        Minutes1 = plan.Minutes1;
        Size2 = plan.Size2;
        Minutes2 = plan.Minutes2;
        Minutes3 = plan.Minutes3;
        Factor3 = plan.Factor3;
    }

    public Guid Id { get; private set; }

    /// <summary>Code of the département.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>Holds from then until the next row.</summary>
    public DateTimeOffset From { get; private set; }

    /// <summary>Who decided.</summary>
    public Guid AuthorId { get; private set; }

    /// <summary>Copied.</summary>
    public string? AuthorName { get; private set; }

    /// <summary>Where the numbers come from, in words.</summary>
    public string? Source { get; private set; }

    /// <summary>Minutes the usual professional has alone.</summary>
    public int UsualMinutes { get; private set; }

    /// <summary>Effectors of wave 1.</summary>
    public int Size1 { get; private set; }

    public int Minutes1 { get; private set; }

    /// <summary>Effectors of wave 2.</summary>
    public int Size2 { get; private set; }

    public int Minutes2 { get; private set; }

    /// <summary>Minutes of wave 3, which asks everybody.</summary>
    public int Minutes3 { get; private set; }

    /// <summary>Wave 3's radius: that many times the search's.</summary>
    public double Factor3 { get; private set; }

    /// <summary>As values.</summary>
    public WavePlan Plan => new(UsualMinutes, Size1, Minutes1, Size2, Minutes2, Minutes3, Factor3);
}

/// <summary>Sizes and times of waves.</summary>
internal sealed record WavePlan(int UsualMinutes, int Size1, int Minutes1, int Size2, int Minutes2, int Minutes3, double Factor3)
{
    /// <summary>The last wave.</summary>
    public const int Last = 3;

    /// <summary>So many effectors at most in one wave.</summary>
    public const int Most = 200;

    /// <summary>W1.5: the 3 best for 5 min, the next 10 for 10 min, all in twice the radius for 15 min; the usual professional 10 min alone.</summary>
    public static WavePlan Default { get; } = new(10, 3, 5, 10, 10, 15, 2);

    /// <summary>How long a wave lasts.</summary>
    public TimeSpan Lasts(int wave) =>
        TimeSpan.FromMinutes(
            wave switch
            {
                0 => UsualMinutes,
                1 => Minutes1,
                2 => Minutes2,
                _ => Minutes3,
            }
        );

    /// <summary>How many it asks.</summary>
    public int Size(int wave) =>
        wave switch
        {
            0 => 1,
            1 => Size1,
            2 => Size2,
            _ => Most,
        };

    /// <summary>How far it goes, km.</summary>
    public double Radius(int wave, double radiusKm) => Math.Min(500, wave == Last ? radiusKm * Factor3 : radiusKm);
}
