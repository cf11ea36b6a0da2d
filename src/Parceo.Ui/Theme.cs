using Microsoft.AspNetCore.Http;

namespace Parceo.Ui;

/// <summary>Light, dark, or what the device says. Kept in a cookie so that the server writes it into the page: nothing flashes, no inline script.</summary>
public static class Theme
{
    public const string Cookie = "parceo-theme";

    /// <summary>« light », « dark », or null to follow the system.</summary>
    public static string? Of(HttpContext? http) => Known(http?.Request.Cookies[Cookie]);

    internal static string? Known(string? value) => value is "light" or "dark" ? value : null;
}
