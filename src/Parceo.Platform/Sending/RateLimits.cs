using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;

namespace Parceo.Platform.Sending;

/// <summary>How much of one kind a person may ask for.</summary>
/// <param name="Burst">At once, after a pause.</param>
/// <param name="PerMinute">In the long run.</param>
/// <param name="Parallel">Under way at the same time; more of them wait their turn. Null for any number.</param>
public sealed record RateLimit(int Burst, int PerMinute, int? Parallel = null);

/// <summary>
/// How much one person, one organisation and one network address may ask of this node (S49). Buckets that fill steadily, in
/// this node's memory, so that they hold whatever else is down; and for searches a number under way at once, so that one
/// person's do not make everybody wait. <c>Limits:{Kind}:Burst|PerMinute|Parallel</c> changes one, <c>Limits:Scale</c> all.
/// </summary>
public sealed class RateLimits : IDisposable
{
    /// <summary>An organisation may ask for so many times as much as a person…</summary>
    public const int Organisation = 10;

    /// <summary>… and a network address, behind which there may be several organisations, for so many times.</summary>
    public const int Address = 20;

    /// <summary>Of one person's searches, how many may wait for their turn.</summary>
    public const int MostWaiting = 30;

    /// <summary>Hub connections of one person on this node.</summary>
    public const int HubConnections = 8;

    /// <summary>For one person.</summary>
    public static IReadOnlyDictionary<LimitKind, RateLimit> Defaults { get; } =
        new Dictionary<LimitKind, RateLimit>
        {
            [LimitKind.Search] = new(60, 240, Parallel: 2), // typing suggests, and live lists look again
            [LimitKind.Export] = new(10, 10, Parallel: 1),
            [LimitKind.Upload] = new(30, 60),
            [LimitKind.Message] = new(30, 60),
            [LimitKind.Reaction] = new(30, 60),
            [LimitKind.Typing] = new(20, 60),
            [LimitKind.Booking] = new(30, 60),
            [LimitKind.Conversation] = new(20, 20),
        };

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly Counter<long> Refused = Telemetry.CreateCounter("parceo.limit.refused");
    private static readonly ConcurrentDictionary<Type, LimitKind?> Kinds = new();

    private readonly Dictionary<LimitKind, RateLimit> limits;
    private readonly PartitionedRateLimiter<Caller> rates;
    private readonly PartitionedRateLimiter<Caller> turns;

    private readonly record struct Caller(LimitKind Kind, Guid Person, Guid Organisation, string? Address);

    /// <summary>Reads the configuration once.</summary>
    public RateLimits(IConfiguration configuration)
    {
        var scale = configuration.GetValue("Limits:Scale", 1d);
        if (scale is not (> 0 and <= 1_000_000))
            throw new StartRefusedException($"Limits:Scale is '{configuration["Limits:Scale"]}'; it must be a number above 0, usually 1.");
        limits = Defaults.ToDictionary(d => d.Key, d => Configured(configuration.GetSection($"Limits:{d.Key}"), d.Value, scale));
        MostHubConnections = Scaled(configuration.GetValue("Limits:HubConnections", HubConnections), scale);
        rates = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<Caller, (LimitKind, Guid)>(c => Bucket((c.Kind, c.Person), c.Person == Guid.Empty, c.Kind, 1)),
            PartitionedRateLimiter.Create<Caller, (LimitKind, Guid)>(c =>
                Bucket((c.Kind, c.Organisation), c.Organisation == Guid.Empty, c.Kind, Organisation)
            ),
            PartitionedRateLimiter.Create<Caller, (LimitKind, string)>(c =>
                Bucket((c.Kind, c.Address ?? ""), c.Address is null, c.Kind, Address)
            )
        );
        turns = PartitionedRateLimiter.Create<Caller, (LimitKind, Guid)>(c =>
            limits[c.Kind].Parallel is not { } parallel || c.Person == Guid.Empty
                ? RateLimitPartition.GetNoLimiter((c.Kind, c.Person))
                : RateLimitPartition.GetConcurrencyLimiter((c.Kind, c.Person), _ => new ConcurrencyLimiterOptions
                {
                    PermitLimit = parallel,
                    QueueLimit = MostWaiting,
                    QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                })
        );
    }

    /// <summary>Of one person, on this node.</summary>
    public int MostHubConnections { get; }

    /// <summary>What a request counts as; null when it is not limited.</summary>
    public static LimitKind? KindOf(object request) =>
        request is IExport { IsExport: true } ? LimitKind.Export
        : request is ILimited limited ? limited.Limit
        : Kinds.GetOrAdd(request.GetType(), static type => type.GetCustomAttribute<LimitedAttribute>()?.Kind);

    /// <summary>Counts one, and waits for the caller's turn; the turn lasts until the answer is disposed of.</summary>
    /// <exception cref="BusyException">The caller asked too much: nothing was done.</exception>
    public async ValueTask<IDisposable?> Enter(LimitKind kind, ICurrentUser user, CancellationToken ct)
    {
        if (user.IsSystem)
            return null;
        var caller = new Caller(kind, user.Id, user.OrganisationId, user.Address);
        using (var rate = rates.AttemptAcquire(caller))
            if (!rate.IsAcquired)
                throw Busy(kind, rate.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Period);
        if (limits[kind].Parallel is null)
            return null;
        var turn = await turns.AcquireAsync(caller, 1, ct);
        if (turn.IsAcquired)
            return turn;
        turn.Dispose();
        throw Busy(kind, Period);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rates.Dispose();
        turns.Dispose();
    }

    private static BusyException Busy(LimitKind kind, TimeSpan wait)
    {
        Refused.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));
        return new BusyException("too_many_requests", wait);
    }

    private RateLimitPartition<TKey> Bucket<TKey>(TKey key, bool unknown, LimitKind kind, int times) =>
        unknown
            ? RateLimitPartition.GetNoLimiter(key)
            : RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Scaled(limits[kind].Burst, times),
                TokensPerPeriod = Math.Max(1, Scaled(limits[kind].PerMinute, times * Period.TotalMinutes)),
                ReplenishmentPeriod = Period,
                QueueLimit = 0,
            });

    private static RateLimit Configured(IConfigurationSection section, RateLimit usual, double scale) =>
        new(
            Scaled(section.GetValue("Burst", usual.Burst), scale),
            Scaled(section.GetValue("PerMinute", usual.PerMinute), scale),
            section.GetValue("Parallel", usual.Parallel) is { } parallel ? Scaled(parallel, scale) : null
        );

    private static int Scaled(int number, double times) => (int)Math.Clamp(number * times, 1, int.MaxValue);
}
