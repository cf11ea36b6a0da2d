using System.Globalization;
using System.Text.RegularExpressions;

namespace Parceo.Slots.Outside;

/// <summary>A date, or a date and time, as written.</summary>
/// <param name="Zone">TZID, or null.</param>
internal readonly partial record struct IcsTime(DateTime Local, bool IsDate, bool IsUtc, string? Zone)
{
    /// <summary>The values of a property; of a period its start.</summary>
    public static IReadOnlyList<IcsTime> Read(IcsLine? line) =>
        line is null
            ? []
            :
            [
                .. line
                    .Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(v => Read(v.Split('/')[0], line.Parameters)),
            ];

    /// <summary>One value.</summary>
    public static IcsTime Read(string text, IReadOnlyDictionary<string, string> parameters)
    {
        var match = Shape().Match(text.Trim());
        if (
            !match.Success
            || !DateTime.TryParseExact(
                match.Groups["day"].Value,
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
            throw new IcsFault("ics_unreadable");
        if (!match.Groups["hour"].Success || parameters.GetValueOrDefault("VALUE")?.ToUpperInvariant() == "DATE")
            return new IcsTime(day, true, false, null);
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        var (hour, minute, second) = (Part("hour"), Part("minute"), Math.Min(Part("second"), 59));
        if (hour > 24 || minute > 59)
            throw new IcsFault("ics_unreadable");
        var utc = match.Groups["utc"].Success;
        var zone = utc ? null : parameters.GetValueOrDefault("TZID");
        return new IcsTime(day.AddHours(hour).AddMinutes(minute).AddSeconds(second), false, utc, zone is "" ? null : zone);
    }

    /// <summary>A duration: its days count on the calendar, its hours on the clock.</summary>
    public static (int Days, TimeSpan Time) Duration(string text)
    {
        var match = Lasting().Match(text.Trim());
        if (!match.Success || text.TrimEnd().EndsWith('P') || text.TrimEnd().EndsWith('T'))
            throw new IcsFault("ics_unreadable");
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        var (days, time) = (Part("w") * 7 + Part("d"), new TimeSpan(Part("h"), Part("m"), Part("s")));
        if (match.Groups["minus"].Success && (days, time) != (0, TimeSpan.Zero))
            throw new IcsFault("ics_ends_before");
        return (days, time);
    }

    [GeneratedRegex(
        @"\A(?<day>\d{8})(T(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)?)?(?<utc>Z)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        200
    )]
    private static partial Regex Shape();

    [GeneratedRegex(
        @"\A(\+|(?<minus>-))?P((?<w>\d{1,4})W)?((?<d>\d{1,5})D)?(T((?<h>\d{1,5})H)?((?<m>\d{1,6})M)?((?<s>\d{1,7})S)?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        200
    )]
    private static partial Regex Lasting();
}
