using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Parceo.Access.Contracts;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Services;

/// <summary>What the regulators' handlers share: find a case of one's own organisation, take it so that two desks do not work on it, tell others what became of it.</summary>
internal sealed class Desk(RegulationDb db, ICurrentUser user, ISender sender, IConfiguration settings, TimeProvider clock, AuditNote audit)
{
    /// <summary>How long an act keeps the case at its desk: <c>Regulation:ClaimMinutes</c>, 10 by default.</summary>
    public TimeSpan Lease => TimeSpan.FromMinutes(Math.Clamp(settings.GetValue("Regulation:ClaimMinutes", 10.0), 0.1, 120));

    /// <summary>The case with its invitations, read in one statement: they must be of the same moment. Steps are only added.</summary>
    /// <exception cref="NotFoundException"><c>orientation_unknown</c>: none, or of another organisation.</exception>
    public async Task<Orientation> Find(Guid id, CancellationToken ct)
    {
        var found = await db
            .Orientations.Include(o => o.Invitations)
            .SingleOrDefaultAsync(o => o.Id == id && (user.IsSystem || o.OrganisationId == user.OrganisationId), ct)
            ?? throw new NotFoundException("orientation_unknown");
        audit.About("orientation", found.Id, found.CaseReference);
        return found;
    }

    /// <summary>The case, taken for the caller's desk; the act of a desk renews its lease.</summary>
    /// <exception cref="ConflictException"><c>case_claimed</c>.</exception>
    public async Task<(Orientation Case, string? Name)> Take(Guid id, CancellationToken ct)
    {
        var found = await Find(id, ct);
        var name = await NameOf(found, ct);
        found.Claim(user.Id, name, Lease, clock.GetUtcNow());
        return (found, name);
    }

    /// <summary>The caller's name, as others read it.</summary>
    public async Task<string?> CallerName(CancellationToken ct) =>
        user.Id == Guid.Empty ? null : (await sender.Send(new GetMe(), ct))?.Name;

    /// <summary>Publishes what happened to it.</summary>
    public void Tell(Orientation orientation)
    {
        foreach (var e in orientation.TakeHappened())
            db.Publish(e, orientation.Id);
    }

    private async Task<string?> NameOf(Orientation o, CancellationToken ct) =>
        o.ClaimedBy == user.Id && o.ClaimedName is { } known ? known : await CallerName(ct);
}
