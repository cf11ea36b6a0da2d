using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Services;

/// <summary>What the regulators' handlers share: find an orientation of one's own organisation, take it so that no two regulators work on it, tell others what became of it.</summary>
internal sealed class Orientations(
    RegulationDb db,
    Waves waves,
    ICurrentUser user,
    ISender sender,
    IConfiguration settings,
    TimeProvider clock,
    AuditNote audit
)
{
    /// <summary>How long an act keeps the orientation with its regulator: <c>Regulation:ClaimMinutes</c>, 10 by default.</summary>
    public TimeSpan Lease => TimeSpan.FromMinutes(Math.Clamp(settings.GetValue("Regulation:ClaimMinutes", 10.0), 0.1, 120));

    /// <summary>The orientation with its invitations, read in one statement: they must be of the same moment. Steps are only added.</summary>
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

    /// <summary>The orientation, taken for the caller; each act of theirs renews the lease.</summary>
    /// <exception cref="ConflictException"><c>orientation_claimed</c>.</exception>
    public async Task<(Orientation Orientation, string? Name)> Take(Guid id, CancellationToken ct)
    {
        var found = await Find(id, ct);
        var name = await NameOf(found, ct);
        found.Claim(user.Id, name, Lease, clock.GetUtcNow());
        return (found, name);
    }

    /// <summary>The caller's name, as others read it.</summary>
    public async Task<string?> CallerName(CancellationToken ct) =>
        user.Id == Guid.Empty ? null : (await sender.Send(new GetMe(), ct))?.Name;

    /// <summary>The name of the médecin traitant; null when there is none.</summary>
    /// <exception cref="InvalidException"><c>mt_unknown</c></exception>
    public async Task<string?> MtName(Guid? mt, CancellationToken ct) =>
        mt is not { } id
            ? null
            : (await sender.Send(new GetPractitioners.Query([id]), ct)).SingleOrDefault()?.Name
                ?? throw InvalidException.Of("mt.practitionerId", "mt_unknown");

    /// <summary>Where the search of a département begins, km.</summary>
    public Task<double> UsualRadius(string departement, CancellationToken ct) => waves.UsualRadius(departement, ct);

    /// <summary>What comes of asking the médecin traitant; null when nobody is to be asked, or not them.</summary>
    public Task<MtToAsk?> MtToAsk(Orientation orientation, CancellationToken ct) => waves.MtToAsk(orientation, ct);

    /// <summary>Begins the next wave that finds somebody, or gives up after the last.</summary>
    public Task NextWave(Orientation orientation, CancellationToken ct) => waves.Next(orientation, ct);

    /// <summary>Publishes what happened to it.</summary>
    public void Tell(Orientation orientation)
    {
        foreach (var e in orientation.TakeHappened())
            db.Publish(e, orientation.Id);
    }

    private async Task<string?> NameOf(Orientation o, CancellationToken ct) =>
        o.ClaimedBy == user.Id && o.ClaimedName is { } known ? known : await CallerName(ct);
}
