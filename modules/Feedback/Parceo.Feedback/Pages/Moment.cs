using System.Globalization;
using Parceo.Platform;

namespace Parceo.Feedback.Pages;

/// <summary>Days and times as people read them.</summary>
internal static class Moment
{
    /// <summary>« 22 novembre à 18 h 05 ».</summary>
    public static string Of(DateTimeOffset? at, string zone) =>
        at is not { } known ? "jour inconnu" : LocalTime.In(known, zone).ToString("d MMMM 'à' H' h 'mm", CultureInfo.CurrentCulture);
}
