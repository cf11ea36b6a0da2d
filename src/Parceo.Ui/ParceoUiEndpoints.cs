using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform.Web;

namespace Parceo.Ui;

/// <summary>What the host adds to its pipeline for this library.</summary>
public static class ParceoUiEndpoints
{
    internal const string ThemePath = "/interface/theme";

    /// <summary>Files whose name holds their hash never change: browsers keep them a year. Before <c>MapStaticAssets</c>.</summary>
    public static IApplicationBuilder UseParceoUi(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (http.Request.Path.StartsWithSegments("/_content/Parceo.Ui/h"))
                {
                    http.Response.OnStarting(() =>
                    {
                        if (http.Response.StatusCode < 400)
                            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                        return Task.CompletedTask;
                    });
                }
                return next(http);
            }
        );

    /// <summary>The theme without JavaScript: <c>POST /interface/theme</c>, fields <c>theme</c> and <c>returnUrl</c> (a local path).</summary>
    public static void MapParceoUi(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost(ThemePath, (HttpContext http, [FromForm] string? theme, [FromForm] string? returnUrl) =>
            {
                if (Theme.Known(theme) is { } chosen)
                {
                    http.Response.Cookies.Append(
                        Theme.Cookie,
                        chosen,
                        new CookieOptions
                        {
                            MaxAge = TimeSpan.FromDays(365),
                            Path = "/",
                            SameSite = SameSiteMode.Lax,
                            Secure = http.Request.IsHttps,
                            IsEssential = true,
                        }
                    );
                }
                else
                {
                    http.Response.Cookies.Delete(Theme.Cookie);
                }
                return Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
            })
            .AllowAnonymous()
            .OfAnyOrganisation()
            .ExcludeFromDescription();

    private static bool IsLocal(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..];
}
