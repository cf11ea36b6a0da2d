using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Access.Authentication;

/// <summary>Writes when a session or token was last used, at most once a minute each and node.</summary>
internal sealed class LastSeen(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public async Task Record(Guid id, Credential credential, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - credential.SeenAt < Every)
            return;
        credential.SeenAt = now;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("last-seen");
        var db = scope.ServiceProvider.GetRequiredService<AccessDb>();
        if (credential.Kind == CredentialKind.Session)
            await db.Sessions.Where(s => s.Id == id).Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(r => r.SeenAt, now), ct), ct);
        else if (credential.Kind == CredentialKind.Token)
            await db.Tokens.Where(t => t.Id == id).Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(r => r.UsedAt, now), ct), ct);
    }
}
