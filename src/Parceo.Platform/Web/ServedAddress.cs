using Microsoft.Extensions.Configuration;
using Parceo.Platform.Data;

namespace Parceo.Platform.Web;

/// <summary>
/// The address of this installation for people outside a page: links in mails and on the command line. The configured one,
/// else where the host of this data folder serves, which it writes there at its start.
/// </summary>
public static class ServedAddress
{
    private const string FileName = "served-address";
    private const string Usual = "http://localhost:5080";

    /// <summary>Without a slash at its end.</summary>
    public static string Of(IConfiguration configuration)
    {
        if (configuration["Parceo:PublicUrl"] is { Length: > 0 } url)
            return url.TrimEnd('/');
        try
        {
            var written = File.ReadAllText(Path.Combine(DatabaseOptions.From(configuration).Folder, FileName)).Trim();
            if (Uri.TryCreate(written, UriKind.Absolute, out _))
                return written.TrimEnd('/');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StartRefusedException)
        {
            // Nobody has served from this folder yet.
        }
        return Usual;
    }

    /// <summary>Remembers where the host serves; a wildcard is this machine.</summary>
    public static void Remember(DatabaseOptions database, string url)
    {
        try
        {
            File.WriteAllText(Path.Combine(database.Folder, FileName), Plain(url));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A link says the usual address then.
        }
    }

    internal static string Plain(string url)
    {
        foreach (var any in new[] { "://[::]", "://0.0.0.0", "://127.0.0.1", "://*", "://+" })
            url = url.Replace(any, "://localhost", StringComparison.Ordinal);
        return url;
    }
}
