using System.Globalization;
using Parceo.Platform;

namespace Parceo.Ui;

/// <summary>
/// Numbers of dispatch cases begin alike all year, « 57-2026- »: whoever works for one département types only what follows. A
/// number of their own, or one that is pasted whole, stays as it is.
/// </summary>
public static class CaseNumber
{
    private const int Longest = 6; // digits of the number within the year; what is longer is whole

    /// <summary>What begins the numbers of the caller's département this year; null when they work for several.</summary>
    public static string? Prefix(UserRights rights, DateTimeOffset now) =>
        rights.Departements.Concat(rights.Communes.Select(Zones.DepartementOf)).Distinct().Take(2).ToList() is [var only]
            ? string.Create(CultureInfo.InvariantCulture, $"{only}-{LocalTime.DayOf(now, rights.Zone).Year}-")
            : null;

    /// <summary>The whole number of what was typed beside the prefix.</summary>
    public static string Whole(string? prefix, string typed) =>
        prefix is not null && typed.Trim() is { Length: > 0 and <= Longest } rest && rest.All(char.IsAsciiDigit) ? prefix + rest : typed;

    /// <summary>What is typed beside the prefix, for browsers: anything else hides it.</summary>
    public static string Pattern => $"[0-9]{{0,{Longest}}}";
}
