using Microsoft.AspNetCore.Http;

namespace Parceo.Platform.Web;

/// <summary>
/// The cookie of forms, bound to this very host like the session's (S40): no other site of the domain can set it. Always
/// <c>Secure</c>, which browsers accept from localhost too; asking the framework for that would forbid plain HTTP there.
/// </summary>
internal sealed class AntiforgeryCookie : CookieBuilder
{
    public AntiforgeryCookie()
    {
        Name = "__Host-parceo-af";
        Path = "/";
        SameSite = SameSiteMode.Strict;
        HttpOnly = true;
        IsEssential = true;
        SecurePolicy = CookieSecurePolicy.None;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = true;
        return options;
    }
}
