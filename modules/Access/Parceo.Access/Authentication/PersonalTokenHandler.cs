using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parceo.Access.Data;
using Parceo.Access.Domain;

namespace Parceo.Access.Authentication;

/// <summary>Bearer tokens that begin with <c>prc_</c>: personal API tokens (S28).</summary>
internal sealed class PersonalTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    PersonalTokenIndex index,
    CredentialCache credentials,
    LastSeen lastSeen
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Schemes.Bearer(Request) is not { } token)
            return AuthenticateResult.NoResult();
        if (
            await index.Find(token, Context.RequestAborted) is not { } id
            || await credentials.Get(id, Context.RequestAborted) is not { Kind: CredentialKind.Token } credential
        )
            return AuthenticateResult.Fail("Unknown or ended token.");
        await lastSeen.Record(id, credential, CancellationToken.None);
        return AuthenticateResult.Success(new AuthenticationTicket(Schemes.Principal(id, credential, Scheme.Name), Scheme.Name));
    }
}

/// <summary>
/// From a token to its record's id. The pair never changes, so it is remembered; whether the record still stands is
/// asked each time. Only hashes are kept, and a bounded number of them (S50).
/// </summary>
internal sealed class PersonalTokenIndex(IServiceScopeFactory scopes)
{
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<string, Guid> ids = new(StringComparer.Ordinal);

    public async ValueTask<Guid?> Find(string token, CancellationToken ct)
    {
        if (token.Length > 100)
            return null;
        var hash = Secrets.Hash(token);
        var key = Convert.ToBase64String(hash);
        if (ids.TryGetValue(key, out var known))
            return known;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDb>();
        var found = await db.Tokens.AsNoTracking().Where(t => t.Hash == hash).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);
        if (found is not { } id)
            return null;
        if (ids.Count >= Most)
            ids.Clear();
        ids[key] = id;
        return id;
    }
}
