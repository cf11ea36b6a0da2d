using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Authentication;

/// <summary>
/// Who has to agree to a role beside whoever gives it (S25, docs/decisions/0021-a-second-person.md). Read as the system, in a
/// scope of its own, since whoever accepts an invitation sees no administrator, and nobody those of another organisation.
/// </summary>
internal sealed class SecondPerson(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>
    /// Whether a role waits for somebody else: where there is nobody but who gives it and whom it is for, it cannot, and all who
    /// watch over the rights are told instead.
    /// </summary>
    /// <param name="givenBy">Who gives it.</param>
    /// <param name="email">Address of whom it is for.</param>
    public async Task<bool> Needed(string role, Guid organisationId, Guid givenBy, string email, CancellationToken ct) =>
        ProposedRole.NeedsConfirmation(role) && await IsThere(organisationId, givenBy, email, ct);

    /// <summary>
    /// The same of an invitation, when it is accepted. Whom the installation itself invites needs nobody else: that is how an
    /// organisation is helped whose administrators are gone.
    /// </summary>
    public Task<bool> Needed(OneTimeLink invitation, CancellationToken ct) =>
        invitation is { ConfirmedAt: null, InvitedById: { } by }
            ? Needed(invitation.Role!, invitation.OrganisationId!.Value, by, invitation.Email, ct)
            : Task.FromResult(false);

    /// <summary>
    /// Whether somebody administers the organisation, or the one above it, beside these two: an organisation that one makes
    /// below one's own is no place to be alone.
    /// </summary>
    public async Task<bool> IsThere(Guid organisationId, Guid givenBy, string email, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("second-person");
        var (db, address, now) = (scope.ServiceProvider.GetRequiredService<AccessDb>(), EmailAddress.Normalize(email), clock.GetUtcNow());
        var above = await db.Organisations.Where(o => o.Id == organisationId).Select(o => o.ParentId).SingleOrDefaultAsync(ct);
        return await db.Administrators(organisationId, now)
            .Concat(db.Administrators(above ?? organisationId, now))
            .AnyAsync(m => m.PersonId != givenBy && !db.People.Any(p => p.Id == m.PersonId && p.NormalizedEmail == address), ct);
    }
}
