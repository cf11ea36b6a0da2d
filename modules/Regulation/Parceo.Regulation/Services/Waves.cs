using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Services;

/// <summary>Chooses whom the next wave asks and begins it; passes over waves that find nobody.</summary>
internal sealed class Waves(RegulationDb db, SystemSender system, ICurrentUser user, IIds ids, TimeProvider clock)
{
    private const double FallbackKm = 20;

    /// <summary>The next wave that finds somebody, or <c>Unfilled</c> after the last.</summary>
    public async Task Next(Orientation orientation, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var plan = await db.PlanOf(orientation.Departement, orientation.SolicitedAt ?? now, ct);
        var members = (await db.PoolOf(orientation.OrganisationId, orientation.Kind, ct))?.Members.Select(m => m.PractitionerId).ToHashSet()
            ?? [];
        while (orientation.NextWave is { } wave)
        {
            var chosen = await Choose(orientation, wave, plan, members, ct);
            orientation.BeginWave(wave, [.. chosen.Select(c => (ids.New(), c))], plan.Lasts(wave), now);
            if (chosen.Count > 0)
                return;
        }
        orientation.GiveUp(now);
    }

    /// <summary>Where the search of a département begins, km.</summary>
    public async Task<double> UsualRadius(string departement, CancellationToken ct) =>
        (await system.Send(new FindSearchRadius.Query(departement), user.CorrelationId, ct))?.DefaultKm ?? FallbackKm;

    /// <summary>What comes of asking the médecin traitant, told before they are; null when nobody is to be asked, or not them.</summary>
    public async Task<MtToAsk?> MtToAsk(Orientation o, CancellationToken ct)
    {
        if (!o.MayBeginAsking || o.MtPractitionerId is not { } mt || o.MtReason is not (null or MtReason.NotNeeded))
            return null;
        var plan = await db.PlanOf(o.Departement, clock.GetUtcNow(), ct);
        var obstacle = await system.Send(
            new FindAskingObstacle.Query(
                mt,
                o.Latitude,
                o.Longitude,
                Math.Max(0.1, plan.Radius(WavePlan.Last, await UsualRadius(o.Departement, ct))),
                o.Skill,
                o.Mode,
                List(o.TerritoryDepartements),
                List(o.TerritoryCommunes)
            ),
            user.CorrelationId,
            ct
        );
        return new(o.ToAskFirst is not null, obstacle, o.Declined(mt), plan.UsualMinutes);
    }

    private async Task<IReadOnlyList<EffectorToAsk>> Choose(
        Orientation o,
        int wave,
        WavePlan plan,
        HashSet<Guid> members,
        CancellationToken ct
    )
    {
        // The usual professional is asked wherever in the last wave's radius they are; their own limit is theirs to lift.
        var radius = plan.Radius(wave == 0 ? WavePlan.Last : wave, o.RadiusKm);
        var found = await system.Send(
            new FindEffectorsToAsk.Query(
                o.Latitude,
                o.Longitude,
                Math.Max(0.1, radius),
                o.Skill,
                o.Mode,
                List(o.TerritoryDepartements),
                List(o.TerritoryCommunes),
                500
            ),
            user.CorrelationId,
            ct
        );
        return wave == 0
            ? [.. found.Where(f => f.PractitionerId == o.UsualPractitionerId && !o.AlreadyAsked.Contains(f.PractitionerId))]
            : Selection.Best(found.Where(f => members.Count == 0 || members.Contains(f.PractitionerId)), o.AlreadyAsked, plan.Size(wave));
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
