using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>One's own account: how one signs in.</summary>
internal static class ShowAccount
{
    [OpenToSignedIn("One's own account.")]
    public sealed record Query : IRequest<Response>;

    /// <param name="Name">First name and name.</param>
    /// <param name="Title">« Dr ».</param>
    /// <param name="Email">Address to sign in with.</param>
    /// <param name="HasPassword">Whether there is one.</param>
    /// <param name="HasTotp">Whether an authenticator app is enrolled.</param>
    /// <param name="Passkeys">Passkeys, oldest first.</param>
    /// <param name="RecoveryCodes">How many are left.</param>
    public sealed record Response(
        string Name,
        string? Title,
        string Email,
        bool HasPassword,
        bool HasTotp,
        IReadOnlyList<Passkey> Passkeys,
        int RecoveryCodes
    );

    /// <param name="Id">Credential id, URL-safe base64.</param>
    /// <param name="Name">As its owner called it.</param>
    /// <param name="CreatedAt">When it was added.</param>
    public sealed record Passkey(string Id, string Name, DateTimeOffset CreatedAt);

    public sealed class Handler(AccessDb db, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == user.Id, ct)
                ?? throw new NotFoundException("person_unknown");
            var passkeys = await db.Passkeys.AsNoTracking().Where(k => k.UserId == user.Id).ToListAsync(ct);
            return new Response(
                person.Name,
                person.Title,
                person.Email!,
                person.PasswordHash is not null,
                person.HasTotp,
                [
                    .. passkeys
                        .OrderBy(k => k.Data.CreatedAt)
                        .Select(k => new Passkey(
                            System.Buffers.Text.Base64Url.EncodeToString(k.CredentialId),
                            k.Data.Name ?? "Clé d’accès",
                            k.Data.CreatedAt
                        )),
                ],
                await db.RecoveryCodes.CountAsync(c => c.PersonId == user.Id, ct)
            );
        }
    }
}
