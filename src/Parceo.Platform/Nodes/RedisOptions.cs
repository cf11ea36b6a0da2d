using System.Net;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Parceo.Platform.Nodes;

/// <summary>
/// <c>Redis:ConnectionString</c>, as StackExchange.Redis takes it (an address, options after commas): how several nodes tell
/// each other that something changed. Nothing is kept there.
/// </summary>
internal static class RedisOptions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2),
        Again = TimeSpan.FromSeconds(1);

    /// <summary>Null when it is not set: one node.</summary>
    /// <exception cref="StartRefusedException">It cannot be read; a server that does not answer is no reason.</exception>
    public static ConfigurationOptions? From(IConfiguration configuration)
    {
        if (configuration["Redis:ConnectionString"] is not { } text || string.IsNullOrWhiteSpace(text))
            return null;
        ConfigurationOptions options;
        // Neither the value nor the parser's words: a password may be in them.
        try
        {
            options = ConfigurationOptions.Parse(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw Unreadable();
        }
        if (options.EndPoints.Count == 0 || !options.EndPoints.All(IsOne))
            throw Unreadable();
        options.ClientName = "parceo";
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = options.SyncTimeout = options.AsyncTimeout = (int)Patience.TotalMilliseconds;
        options.ReconnectRetryPolicy = new LinearRetry((int)Again.TotalMilliseconds);
        options.BacklogPolicy = BacklogPolicy.FailFast; // a hint that comes late is worth nothing: pages look again by themselves
        return options;
    }

    private static bool IsOne(EndPoint endPoint) =>
        endPoint switch
        {
            IPEndPoint => true,
            DnsEndPoint dns => Uri.CheckHostName(dns.Host) != UriHostNameType.Unknown,
            _ => false,
        };

    private static StartRefusedException Unreadable() =>
        new("Redis:ConnectionString cannot be read; it must be an address such as redis:6379, with options after commas.");
}
