using Microsoft.AspNetCore.Http;

namespace Parceo.Platform;

/// <summary>What pages may ask the browser for: passkeys everywhere, anything else only where a page says that it needs it (S39).</summary>
public static class BrowserFeatures
{
    /// <summary>This page records sound when somebody asks for it.</summary>
    public static void AllowMicrophone(HttpContext http)
    {
        if (!http.Response.HasStarted)
            http.Response.Headers["Permissions-Policy"] = Policy(microphone: true);
    }

    internal static string Policy(bool microphone) =>
        $"camera=(), microphone=({(microphone ? "self" : "")}), geolocation=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";
}
