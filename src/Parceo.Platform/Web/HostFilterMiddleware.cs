using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Parceo.Platform.Web;

/// <summary>
/// Answers to its own names only: that of <c>Parceo:PublicUrl</c>, those of <c>Parceo:Hosts</c>, and the machine's own. A page
/// elsewhere whose name is made to lead here (DNS rebinding) gets nothing, and no link is made of a name that somebody sent.
/// Whoever looks whether a node lives asks for its address. Without a public address, as in development, any name will do.
/// </summary>
internal sealed class HostFilterMiddleware(RequestDelegate next, IConfiguration configuration)
{
    private readonly HashSet<string>? names = Read(configuration);

    public Task Invoke(HttpContext http)
    {
        if (names is null || names.Contains(http.Request.Host.Host) || http.Request.Path.StartsWithSegments("/health"))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static HashSet<string>? Read(IConfiguration configuration)
    {
        if (configuration["Parceo:PublicUrl"] is not { Length: > 0 } url)
            return null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            throw new StartRefusedException($"Parceo:PublicUrl is '{url}'; it must be an address such as https://parceo.example.fr.");
        var more = configuration["Parceo:Hosts"] ?? "";
        return new(
            [
                address.Host,
                "localhost",
                "127.0.0.1",
                "[::1]",
                .. more.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            ],
            StringComparer.OrdinalIgnoreCase
        );
    }
}
