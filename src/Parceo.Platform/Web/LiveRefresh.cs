using Microsoft.AspNetCore.Http;

namespace Parceo.Platform.Web;

/// <summary>
/// A page that looks again because a hub told it so, without anybody asking. It is no sign of life of the session (S8).
/// The browser says so by itself, which is safe: saying it can only shorten a session, never lengthen it, and never hides
/// the first read of anything from the trail.
/// </summary>
public static class LiveRefresh
{
    /// <summary>The header of the live island.</summary>
    public const string Header = "X-Parceo-Live";

    /// <summary>Whether this request is one; anything but a GET never is.</summary>
    public static bool Is(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Headers[Header] == "1";
}
