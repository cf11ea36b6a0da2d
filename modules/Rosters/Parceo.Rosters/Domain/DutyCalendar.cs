using Parceo.Platform;

namespace Parceo.Rosters.Domain;

/// <summary>Kinds of days; a day is of exactly one.</summary>
[Flags]
internal enum DayKinds
{
    /// <summary>Monday to Friday that is no public holiday.</summary>
    Weekday = 1,

    /// <summary>Saturday that is no public holiday.</summary>
    Saturday = 2,

    /// <summary>Sunday or public holiday of the département.</summary>
    SundayOrHoliday = 4,

    /// <summary>Every day.</summary>
    Every = Weekday | Saturday | SundayOrHoliday,
}

/// <summary>A period to cover on days of some kinds, local time; an end that is not after the start is the next day's.</summary>
/// <param name="Label">« Soirée ».</param>
internal sealed record DutyRule(string Label, DayKinds Days, TimeOnly From, TimeOnly To);

/// <summary>A period of a day, as instants.</summary>
/// <param name="Day">The local day it begins on.</param>
/// <param name="End">UTC, excluded.</param>
internal sealed record DutyPeriod(DateOnly Day, string Label, DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// Periods of permanent care (CSP R6315-1: nights from 20 h to 8 h, Sundays and public holidays from 8 h to 20 h, Saturday
/// from noon) as instants where the place is: the night in which clocks change lasts seven or nine hours.
/// </summary>
internal static class DutyCalendar
{
    /// <summary>What a new sector begins with; editable.</summary>
    public static IReadOnlyList<DutyRule> Usual { get; } =
    [
        new("Nuit", DayKinds.Every, new(0, 0), new(8, 0)),
        new("Samedi après-midi", DayKinds.Saturday, new(12, 0), new(20, 0)),
        new("Dimanche et férié", DayKinds.SundayOrHoliday, new(8, 0), new(20, 0)),
        new("Soirée", DayKinds.Every, new(20, 0), new(0, 0)),
    ];

    /// <summary>The kind of a day where the place is.</summary>
    public static DayKinds KindOf(DateOnly day, string departement) =>
        day.DayOfWeek == DayOfWeek.Sunday || PublicHolidays.Of(day, departement) is not null ? DayKinds.SundayOrHoliday
        : day.DayOfWeek == DayOfWeek.Saturday ? DayKinds.Saturday
        : DayKinds.Weekday;

    /// <summary>The periods of a month, by start.</summary>
    public static IReadOnlyList<DutyPeriod> Of(DateOnly month, IReadOnlyList<DutyRule> rules, string departement)
    {
        var zone = Zones.OfDepartement(departement);
        var first = new DateOnly(month.Year, month.Month, 1);
        return
        [
            .. Enumerable
                .Range(0, DateTime.DaysInMonth(month.Year, month.Month))
                .Select(first.AddDays)
                .SelectMany(day =>
                    rules
                        .Where(r => r.Days.HasFlag(KindOf(day, departement)))
                        .Select(r => new DutyPeriod(
                            day,
                            r.Label,
                            LocalTime.At(day, r.From, zone),
                            LocalTime.At(r.To > r.From ? day : day.AddDays(1), r.To, zone)
                        ))
                )
                .OrderBy(p => p.Start),
        ];
    }
}
