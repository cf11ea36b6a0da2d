using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform;

namespace Parceo.Access.Authentication;

/// <summary>
/// What a session, personal token, authorization or client is worth now: whose it is, where they work, what they may do.
/// </summary>
/// <param name="Kind">What carries it.</param>
/// <param name="PersonId">Person, or the client itself.</param>
/// <param name="OrganisationId">Worked in; empty when none.</param>
/// <param name="Means">How they proved who they are.</param>
/// <param name="FactorAt">When a second factor was last proven.</param>
/// <param name="EndsAt">End in any case.</param>
/// <param name="MustEnrol">Their roles need a second factor and they have none (S3).</param>
/// <param name="Rights">What they may do.</param>
/// <param name="LoadedAt">When it was read.</param>
internal sealed record Credential(
    CredentialKind Kind,
    Guid PersonId,
    Guid OrganisationId,
    string Means,
    DateTimeOffset? FactorAt,
    DateTimeOffset EndsAt,
    bool MustEnrol,
    UserRights Rights,
    DateTimeOffset LoadedAt
)
{
    private long seenTicks;

    /// <summary>Last sign of life known to this node.</summary>
    public required DateTimeOffset SeenAt
    {
        get => new(Interlocked.Read(ref seenTicks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref seenTicks, value.UtcTicks);
    }

    /// <summary>Whether it is still valid, last seen included for browsers' sessions.</summary>
    public bool IsValid(DateTimeOffset now) => now < EndsAt && (Kind != CredentialKind.Session || now < SeenAt + Domain.Session.Idle);
}

/// <summary>What can carry a request.</summary>
internal enum CredentialKind
{
    Session,
    Token,
    Authorization,
    Client,
}

/// <summary>
/// Credentials by id of their record, at most 30 seconds old (S9), dropped at once on this node when what they rest on
/// changes. Bounded: when full, it starts anew (S50).
/// </summary>
internal sealed class CredentialCache(IServiceScopeFactory scopes, TimeProvider clock) : IUserRightsSource
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<Guid, Credential> credentials = new();
    private long generation;

    /// <inheritdoc/>
    public async ValueTask<UserRights?> Of(Guid userId, Guid organisationId, Guid sessionId, CancellationToken ct) =>
        await Get(sessionId, ct) is { } s && s.PersonId == userId && s.OrganisationId == organisationId ? s.Rights : null;

    /// <summary>The credential, or null when it has ended or never was.</summary>
    public async ValueTask<Credential?> Get(Guid id, CancellationToken ct)
    {
        if (id == Guid.Empty)
            return null;
        var before = Interlocked.Read(ref generation); // and then the clock: what a change gave has begun by it
        var now = clock.GetUtcNow();
        if (credentials.TryGetValue(id, out var known) && IsFresh(known, now))
            return known.IsValid(now) ? known : null;

        await using var scope = scopes.CreateAsyncScope();
        // Whose memberships count is decided here, before anybody is anybody: the tenant filters would hide them.
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("credential");
        var loaded = await scope.ServiceProvider.GetRequiredService<CredentialReader>().Read(id, now, ct);
        return Keep(id, loaded, before, now);
    }

    /// <inheritdoc/>
    public async Task Refresh(IReadOnlyCollection<Guid> sessionIds, CancellationToken ct)
    {
        var before = Interlocked.Read(ref generation);
        var now = clock.GetUtcNow();
        var stale = sessionIds.Where(id => !credentials.TryGetValue(id, out var known) || !IsFresh(known, now)).ToList();
        if (stale.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("credential");
        foreach (var (id, loaded) in await scope.ServiceProvider.GetRequiredService<CredentialReader>().ReadSessions(stale, now, ct))
            Keep(id, loaded, before, now);
    }

    private static bool IsFresh(Credential known, DateTimeOffset now) => now - known.LoadedAt < Fresh && known.LoadedAt <= now;

    private Credential? Keep(Guid id, Credential? loaded, long before, DateTimeOffset now)
    {
        if (loaded is null || !loaded.IsValid(now))
        {
            credentials.TryRemove(id, out _);
            return null;
        }
        if (credentials.Count >= Most)
            credentials.Clear();
        credentials[id] = loaded;
        // What was read before a change must not outlive it; asked after the writing, so that no change slips in between.
        if (before != Interlocked.Read(ref generation))
            credentials.TryRemove(id, out _);
        return loaded;
    }

    /// <summary>Drops whatever these people (or clients) carry.</summary>
    public void Forget(IReadOnlySet<Guid> people)
    {
        Interlocked.Increment(ref generation);
        foreach (var (id, credential) in credentials)
        {
            if (people.Contains(credential.PersonId))
                credentials.TryRemove(id, out _);
        }
    }
}
