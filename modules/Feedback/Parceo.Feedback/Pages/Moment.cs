using System.Globalization;

namespace Parceo.Feedback.Pages;

/// <summary>Days and times as people read them.</summary>
internal static class Moment
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>« 22 novembre à 18 h 05 ».</summary>
    public static string Of(DateTimeOffset? at) => at is not { } known ? "jour inconnu"
        : TimeZoneInfo.ConvertTime(known, Paris).ToString("d MMMM 'à' H' h 'mm", CultureInfo.CurrentCulture);
}
