using Parceo.Platform;

namespace Parceo.Host;

/// <summary>
/// What a serving host must not do outside Development (S67). The start is refused with one sentence for each fault, all of them
/// at once: whoever installs Parceo should not learn them one start after the other.
/// </summary>
public static class ProductionChecks
{
    /// <exception cref="StartRefusedException">There is a fault.</exception>
    internal static void Run(WebApplication app)
    {
        if (app.Environment.IsDevelopment())
            return;
        var folder = Platform.Data.DatabaseOptions.From(app.Configuration).Folder;
        var faults = Faults(app.Configuration, folder).ToList();
        if (faults.Count > 0)
            throw new StartRefusedException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>A sentence for each fault, which names the setting.</summary>
    /// <param name="configuration">The host's.</param>
    /// <param name="folder">Its data folder.</param>
    public static IEnumerable<string> Faults(IConfiguration configuration, string folder)
    {
        if (!Given("Parceo:KnownProxies") && PlainAddress(configuration) is { } plain)
            yield return $"Parceo would serve plain HTTP at {plain}: serve https, or name the reverse proxy in front of it in Parceo:KnownProxies (127.0.0.1/32 for one on this machine).";
        if (configuration["DetailedErrors"] is { } detailed && (detailed == "1" || bool.TryParse(detailed, out var on) && on))
            yield return "DetailedErrors is on: it shows the inside of failures to anybody, and is for Development only.";
        foreach (var key in OpenKeys(folder))
            yield return $"The key {key} can be read by other accounts of this machine: chmod 600 it, and make a new one if others were there.";
        if (!Uri.TryCreate(configuration["Parceo:PublicUrl"], UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            yield return Given("Parceo:PublicUrl")
                ? $"Parceo:PublicUrl is '{configuration["Parceo:PublicUrl"]}'; it must be the https address that people type."
                : "Parceo:PublicUrl is missing: the https address that people type, for links in mails and for sign-in.";
        if (!Given("Antivirus:Clamd") && !(bool.TryParse(configuration["Antivirus:None"], out var none) && none))
            yield return "Antivirus:Clamd is missing: the host:port of a clamd, or Antivirus:None=true to take files that nobody has checked.";

        bool Given(string key) => configuration[key] is { Length: > 0 };
    }

    /// <summary>The first address without TLS, null when there is none.</summary>
    private static string? PlainAddress(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0)
            return endpoints.Find(IsPlain);
        var urls = (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (urls.Length > 0)
            return Array.Find(urls, IsPlain);
        return configuration[WebHostDefaults.HttpPortsKey] is { Length: > 0 } ports ? $"port {ports}"
            : configuration[WebHostDefaults.HttpsPortsKey] is { Length: > 0 } ? null
            : "its default address";

        static bool IsPlain(string url) => url.TrimStart().StartsWith("http://", StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> OpenKeys(string folder)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        var keys = Path.Combine(folder, "keys");
        if (OperatingSystem.IsWindows() || !System.IO.Directory.Exists(keys))
            yield break;
        foreach (var key in System.IO.Directory.GetFiles(keys, "*.key").Order(StringComparer.Ordinal))
        {
            if ((File.GetUnixFileMode(key) & others) != 0)
                yield return key;
        }
    }
}
