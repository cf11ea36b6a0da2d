using Parceo.Platform;

namespace Parceo.Dashboards.Domain;

/// <summary>One indicator over a period.</summary>
/// <param name="Now">The period, as far as it has come.</param>
/// <param name="Before">The period before, cut after as many days when this one is under way.</param>
/// <param name="Months">Whole months to draw, oldest first.</param>
/// <param name="Parts">What else is said of it.</param>
/// <param name="Target">What the organisation aims at, if anything.</param>
internal sealed record Figure(
    Indicator Indicator,
    Measure Now,
    Measure Before,
    IReadOnlyList<MonthFigure> Months,
    IReadOnlyList<Part> Parts,
    TargetLine? Target
)
{
    /// <summary>What its values are counted in.</summary>
    public Scale Scale => ScaleOf(Indicator);

    /// <summary>Patients and months for I3, minutes for I4, hours for I8, shares for the others.</summary>
    public static Scale ScaleOf(Indicator indicator) =>
        indicator switch
        {
            Indicator.Redirected => Scale.Count,
            Indicator.Delay => Scale.Minutes,
            Indicator.Hours => Scale.Hours,
            _ => Scale.Share,
        };
}

/// <summary>A month of the chart.</summary>
/// <param name="Open">It is not over.</param>
internal sealed record MonthFigure(DateOnly Month, Measure Measure, bool Open);

/// <summary>A second value.</summary>
/// <param name="Key"><c>p90</c>, <c>within48h</c>, <c>wave1</c>, <c>answer</c>, <c>unknown</c>, <c>pending</c>, <c>reached</c>.</param>
internal sealed record Part(string Key, Scale Scale, Measure Measure);

/// <summary>The target in force at the end of the period.</summary>
internal sealed record TargetLine(double Value, double? Reference, DateOnly? ReferenceOn, DateOnly From, string? Source);

/// <summary>What a day of bookings adds up to.</summary>
/// <param name="Owed">Reports whose 48 h are over, or that were sent.</param>
/// <param name="Pending">Reports whose 48 h still run.</param>
internal sealed record BookingDay(DateOnly Day, int Bookings, int Fulfilled, int NoShow, int Unknown, int Owed, int InTime, int Pending);

/// <summary>What a day of a wave adds up to.</summary>
internal sealed record WaveDay(DateOnly Day, int Wave, int Asked, int Accepted);

/// <summary>Minutes that a general practitioner showed in a week; ids serve to count heads.</summary>
internal sealed record WeekOfOffers(DateOnly Monday, Guid PractitionerId, int Minutes);

/// <summary>Visible hours of a time (I8).</summary>
internal static class VisibleHours
{
    /// <summary>Minutes expected of an effector each week (national SAS rules, 2023).</summary>
    public const int Expected = 120;

    /// <summary>Hours per practitioner and week, and how many of these weeks reach two hours. Participating: who showed at least one slot in the time.</summary>
    public static (Measure Hours, Measure Reached) Of(IReadOnlyCollection<WeekOfOffers> weeks, DateOnly from, DateOnly to, bool outside)
    {
        var some = weeks.Where(w => w.Monday >= from && w.Monday <= to).ToList();
        var mondays = (to.DayNumber - LocalTime.Monday(from.AddDays(6)).DayNumber) / 7;
        var (people, count) = (
            some.Select(w => w.PractitionerId).Distinct().Count(),
            to < LocalTime.Monday(from.AddDays(6)) ? 0 : mondays + 1
        );
        if (people == 0 || count == 0)
            return (Measure.None, Measure.None);
        return (
            new Measure(some.Sum(w => w.Minutes) / 60d / (people * count), people).Cell(outside, Scale.Hours),
            Reached(new((double)some.Count(w => w.Minutes >= Expected) / (people * count), people))
        );

        // A share of weeks, behind which people stand: what it counts is not what it is counted from.
        Measure Reached(Measure share) =>
            !outside ? share
            : share.Of < Measure.Smallest ? new(null, 0, true)
            : new(Math.Round(share.Value!.Value, 1), Measure.Count(share.Of).Cell(true, Scale.Count).Of);
    }
}
