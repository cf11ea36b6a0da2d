using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Parceo.Platform.Web;

/// <summary>
/// The one way out to addresses that people give us (S45): https on its own port, only to public addresses, resolved once
/// and connected to as resolved; no redirects, no cookies, no proxy, 5 seconds, 5 MiB. <c>Outbound:Allow</c> lists
/// authorities (<c>http://127.0.0.1:8080</c>, separated by commas) that are reached whatever they are: a test's server,
/// an institution's own network.
/// </summary>
public static class Outbound
{
    /// <summary>Name of the client for <see cref="IHttpClientFactory"/>.</summary>
    public const string Client = "outbound";

    // Everything that is not the public internet, and the ways to write it otherwise (mapped, 6to4, NAT64, Teredo).
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Adds the client.</summary>
    internal static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration configuration)
    {
        var allowed = Allowed(configuration);
        services
            .AddHttpClient(Client, c => (c.Timeout, c.MaxResponseContentBufferSize) = (TimeSpan.FromSeconds(5), 5 * 1024 * 1024))
            .RemoveAllLoggers() // an address is often a secret, and loggers write addresses
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    UseProxy = false,
                    ConnectTimeout = TimeSpan.FromSeconds(5),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                    ConnectCallback = (connection, ct) =>
                        Connect(connection.DnsEndPoint, connection.InitialRequestMessage.RequestUri!, allowed, ct),
                }
            );
        return services;
    }

    /// <summary>Whether an address may be asked for at all; where it leads is seen when connecting.</summary>
    public static bool Accepts(Uri address, IConfiguration configuration) =>
        address.IsAbsoluteUri
        && address.UserInfo.Length == 0
        && (
            Allowed(configuration).Contains(Authority(address))
            || (
                address.Scheme == Uri.UriSchemeHttps
                && address.IsDefaultPort
                && (!IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) || IsPublic(ip))
            )
        );

    /// <summary>Whether an address belongs to the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return (address.AddressFamily == AddressFamily.InterNetwork || GlobalV6.Contains(address)) && !Closed.Any(n => n.Contains(address));
    }

    private static async ValueTask<Stream> Connect(DnsEndPoint to, Uri address, HashSet<string> allowed, CancellationToken ct)
    {
        var found = await Dns.GetHostAddressesAsync(to.Host, ct);
        if (!allowed.Contains(Authority(address)) && (found.Length == 0 || to.Port != 443 || !found.All(IsPublic)))
            throw new HttpRequestException("outbound_refused");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, to.Port, ct); // these very addresses: the name is not asked for a second time
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Authority(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static HashSet<string> Allowed(IConfiguration configuration) =>
        (configuration["Outbound:Allow"] ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
