using System.Security.Claims;

namespace Parceo.Platform.Web;

/// <summary>The claims that every authentication scheme of Parceo puts on its principal.</summary>
public static class ParceoClaims
{
    /// <summary>Person's id.</summary>
    public const string UserId = "sub";

    /// <summary>Organisation they work in now.</summary>
    public const string OrganisationId = "org";

    /// <summary>Session or API token: its server-side record.</summary>
    public const string SessionId = "sid";

    /// <summary>How they proved who they are.</summary>
    public const string Means = "amr";

    /// <summary>The authentication scheme in use for browsers.</summary>
    public const string CookieScheme = "parceo.cookie";

    /// <summary>The cookie of a browser's session.</summary>
    public const string CookieName = "__Host-parceo";

    /// <summary>Reads an id; empty when absent.</summary>
    public static Guid Id(this ClaimsPrincipal principal, string claim) =>
        Guid.TryParse(principal.FindFirstValue(claim), out var id) ? id : Guid.Empty;

    /// <summary>Fills the call context from a principal; a session that has ended leaves it signed out.</summary>
    public static async ValueTask SignIn(this CallContext call, ClaimsPrincipal? principal, IUserRightsSource rights, CancellationToken ct)
    {
        if (principal?.Identity?.IsAuthenticated != true)
            return;
        var (user, organisation, session) = (principal.Id(UserId), principal.Id(OrganisationId), principal.Id(SessionId));
        if (user != Guid.Empty && await rights.Of(user, organisation, session, ct) is { } held)
            call.SignIn(user, organisation, session, held, principal.FindFirstValue(Means) ?? "");
    }
}
