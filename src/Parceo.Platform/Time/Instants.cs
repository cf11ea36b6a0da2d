using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parceo.Platform;

/// <summary>
/// Times and days as programs give them (S36). A time without an offset means another instant on every machine that reads it,
/// and dates near the ends of the calendar leave it as soon as somebody adds a week: both are refused where they come in.
/// </summary>
public static class Instants
{
    private const int First = 1900,
        Last = 2199;

    /// <summary>Whether a year can be meant.</summary>
    public static bool IsYear(int year) => year is >= First and <= Last;

    /// <summary>Whether an ISO 8601 text says its offset: <c>Z</c>, <c>+01:00</c>.</summary>
    public static bool HasOffset(string text) =>
        text.IndexOf('T', StringComparison.OrdinalIgnoreCase) is > 0 and var time
        && (text.EndsWith('Z') || text.EndsWith('z') || text.LastIndexOfAny(['+', '-']) > time);

    /// <summary>Whether a text is such a time.</summary>
    public static bool IsInstant(string text) =>
        HasOffset(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        && IsYear(at.UtcDateTime.Year);

    /// <summary>Whether a text is a day that can be meant.</summary>
    public static bool IsDay(string text) => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) && IsYear(day.Year);

    /// <summary>Reads times strictly.</summary>
    internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && HasOffset(reader.GetString()!)
            && reader.TryGetDateTimeOffset(out var at)
            && IsYear(at.UtcDateTime.Year)
                ? at
                : throw new JsonException("A time needs an offset and a sensible year.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }

    /// <summary>Reads days strictly.</summary>
    internal sealed class DayConverter : JsonConverter<DateOnly>
    {
        public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && IsYear(day.Year)
                ? day
                : throw new JsonException("A day needs a sensible year.");

        public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
