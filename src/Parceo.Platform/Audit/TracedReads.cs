using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Audit;

/// <summary>
/// What each session's latest traced reads were. A live page looks again at every signal; the same question of the same
/// session is traced once in ten minutes then, and always when a person asks (S8, S31). Kept by node and bounded (S50):
/// what is forgotten is only traced once more.
/// </summary>
internal sealed class TracedReads(TimeProvider clock)
{
    private static readonly TimeSpan Covers = TimeSpan.FromMinutes(10);
    private const int Most = 50_000;
    private readonly ConcurrentDictionary<(Guid Session, string Read), DateTimeOffset> traced = new();

    /// <summary>Whether this refresh needs no row of its own.</summary>
    public bool Cover<TRequest>(TRequest request, CallContext user) =>
        user.IsLiveRefresh
        && user.SessionId != Guid.Empty
        && traced.TryGetValue((user.SessionId, NameOf(request)), out var at)
        && clock.GetUtcNow() - at < Covers;

    /// <summary>A row was written.</summary>
    public void Add<TRequest>(TRequest request, CallContext user)
    {
        if (user.SessionId == Guid.Empty)
            return;
        if (traced.Count >= Most)
            traced.Clear();
        traced[(user.SessionId, NameOf(request))] = clock.GetUtcNow();
    }

    private static string NameOf<TRequest>(TRequest request) =>
        $"{RequestName.Of(typeof(TRequest))} {Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, PlatformJson.Options)))}";
}
