using System.Globalization;

namespace Parceo.Platform;

/// <summary>The opaque <c>next</c> of a list in order of time: where the page before ended, an id telling apart what happened at one instant.</summary>
public static class PageCursor
{
    /// <summary>As text for a URL.</summary>
    public static string Write(DateTimeOffset at, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:x}-{id:n}");

    /// <summary>Reads it back.</summary>
    /// <exception cref="InvalidException"><c>next_invalid</c>: it was not made by us.</exception>
    public static (DateTimeOffset At, Guid Id) Read(string text) =>
        text.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
        && at >= DateTimeOffset.MinValue.Ticks
        && at <= DateTimeOffset.MaxValue.Ticks
        && Guid.TryParseExact(id, "n", out var guid)
            ? (new DateTimeOffset(at, TimeSpan.Zero), guid)
            : throw InvalidException.Of("next", "next_invalid");
}
