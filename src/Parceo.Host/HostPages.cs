using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Parceo.Host.Pages;
using Parceo.Platform;
using Parceo.Platform.Modules;
using Parceo.Ui;

namespace Parceo.Host;

/// <summary>Assemblies with pages besides the host's own: those of the enabled modules.</summary>
internal sealed record PageAssemblies(System.Reflection.Assembly[] All);

/// <summary>The pages: rendered on the server, no circuits, no script of Blazor's (docs/decisions/0004).</summary>
internal static class HostPages
{
    public static void Add(WebApplicationBuilder builder, ModuleCatalog modules)
    {
        builder.WebHost.UseStaticWebAssets();
        // A build's assets, in Development too: compressed, and kept by browsers under their hashed names. Reloading them at
        // run time sends them uncompressed and uncached, for nothing: a changed asset comes with a build.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        builder.Configuration["EnableStaticAssetsDevelopmentCaching"] ??= "true";
        var services = builder.Services;
        services.AddRazorComponents();
        services.AddSingleton(new PageAssemblies([.. modules.Modules.Select(m => m.Assembly).Where(HasPages)]));
        services.AddScoped<PageShell>().AddScoped<HomeBoard>().AddScoped<Palette>();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddHttpContextAccessor();
        // Fragments and pages carry no secret beside attacker-chosen text (tokens are masked anew each time): compressing is safe.
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml"];
        });
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture(FrenchText.Culture.Name);
            o.SupportedCultures = o.SupportedUICultures = [FrenchText.Culture];
        });
    }

    public static void Use(WebApplication app)
    {
        if (Proxies(app.Configuration) is { } behind)
            app.UseForwardedHeaders(behind);
        app.UseRequestLocalization();
        app.UseResponseCompression();
        app.UseParceoUi();
    }

    public static void Map(WebApplication app)
    {
        app.UseMiddleware<PageShellMiddleware>();
        app.MapStaticAssets().AllowAnonymous();
        app.MapParceoUi();
        app.MapPost("/palette", async (Palette.Words words, Palette palette, CancellationToken ct) => await palette.Find(words.Q, ct))
            .RequireAuthorization()
            .ExcludeFromDescription();
        // The counts of the menu for pages that stay open.
        app.MapGet("/a-traiter", async (HomeBoard board, CancellationToken ct) => await board.Counts(ct))
            .RequireAuthorization()
            .ExcludeFromDescription();
        app.MapRazorComponents<App>().AddAdditionalAssemblies(app.Services.GetRequiredService<PageAssemblies>().All);
    }

    /// <summary>
    /// Who may say where a request really comes from (S12): the networks of <c>Parceo:KnownProxies</c>, separated by
    /// commas. Nobody when it is not set.
    /// </summary>
    private static ForwardedHeadersOptions? Proxies(IConfiguration configuration)
    {
        if (configuration["Parceo:KnownProxies"] is not { Length: > 0 } networks)
            return null;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var network in networks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!System.Net.IPNetwork.TryParse(network, out var known))
                throw new StartRefusedException($"Parceo:KnownProxies has '{network}'; it must be networks such as 172.18.0.0/16.");
            options.KnownIPNetworks.Add(known);
        }
        return options;
    }

    private static bool HasPages(System.Reflection.Assembly assembly) =>
        assembly.GetTypes().Any(t => t.IsDefined(typeof(RouteAttribute), inherit: false));
}
