using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Parceo.Platform.Data;

namespace Parceo.Platform.Audit;

/// <summary>
/// Where a chain begins since its oldest links were removed (S33): what stands in for them, so that the rest still verifies.
/// Keyed over all its fields: one written by hand is recognised.
/// </summary>
public sealed class AuditTombstoneRow
{
    /// <summary>Whose chain.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>The last link that was removed.</summary>
    public required long Seq { get; init; }

    /// <summary>That link's keyed hash: what the next link is keyed over.</summary>
    public required byte[] Link { get; init; }

    /// <summary>Rows before that instant were removed.</summary>
    public required DateTimeOffset Before { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Keyed hash of all the fields above.</summary>
    public required byte[] Mac { get; set; }

    internal static void Map(ModelBuilder model) =>
        model.Entity<AuditTombstoneRow>(e =>
        {
            e.HasKey(t => new { t.OrganisationId, t.Seq });
            e.Property(t => t.Link).HasMaxLength(32);
            e.Property(t => t.Mac).HasMaxLength(32);
        });
}

/// <summary>A legal hold: nothing of the chain is removed while it stands (S33).</summary>
public sealed class AuditHoldRow
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose chain; null for all of them.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>Why, in the words of whoever set it: a reference, never a patient.</summary>
    public required string Reason { get; init; }

    /// <summary>Since.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until, once it was lifted.</summary>
    public DateTimeOffset? LiftedAt { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<AuditHoldRow>(e => e.HasKey(h => h.Id));
}

/// <summary>What may be removed of a chain.</summary>
/// <param name="OrganisationId">Whose.</param>
/// <param name="From">First link that goes.</param>
/// <param name="Through">Last one.</param>
/// <param name="Held">A legal hold keeps it all.</param>
public sealed record AuditPrunable(Guid OrganisationId, long From, long Through, bool Held)
{
    /// <summary>How many links, and rows.</summary>
    public long Links => Through - From + 1;
}

/// <summary>
/// Removes what was kept long enough from the beginning of each chain (S33). The guards that refuse any deletion are lifted
/// for one short transaction after the other, which takes the login that owns the schema: the serving one cannot (S32).
/// </summary>
public sealed class AuditRetention(PlatformDb db, AuditMac mac, TimeProvider clock, IConfiguration configuration)
{
    /// <summary>Longest that traces of accesses are kept (CNIL).</summary>
    public const int MostMonths = 36;

    internal const int Slice = 2000;

    /// <summary>The first instant that is still kept; <c>Audit:KeepMonths</c>.</summary>
    /// <exception cref="StartRefusedException">The configuration is wrong.</exception>
    public DateTimeOffset KeptFrom() =>
        configuration["Audit:KeepMonths"] is not { Length: > 0 } text ? clock.GetUtcNow().AddMonths(-MostMonths)
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var months) && months is >= 6 and <= MostMonths
            ? clock.GetUtcNow().AddMonths(-months)
        : throw new StartRefusedException($"Audit:KeepMonths is '{text}'; it must be between 6 and {MostMonths}.");

    /// <summary>What may go now; nothing is changed.</summary>
    public async Task<IReadOnlyList<AuditPrunable>> Look(DateTimeOffset keptFrom, CancellationToken ct)
    {
        var held = await db.AuditHolds.Where(h => h.LiftedAt == null).Select(h => h.OrganisationId).ToListAsync(ct);
        var found = new List<AuditPrunable>();
        foreach (
            var chain in await db
                .Seals.GroupBy(s => s.OrganisationId)
                .Select(g => new
                {
                    Id = g.Key,
                    First = g.Min(s => s.Seq),
                    Last = g.Max(s => s.Seq),
                })
                .OrderBy(c => c.Id)
                .ToListAsync(ct)
        )
        {
            // The last link stays, since the next one is keyed over it; so does all that follows the first young row.
            var young = await db
                .Seals.Where(s => s.OrganisationId == chain.Id && db.Audit.Any(a => a.Id == s.AuditId && a.At >= keptFrom))
                .OrderBy(s => s.Seq)
                .Select(s => (long?)s.Seq)
                .FirstOrDefaultAsync(ct);
            var through = Math.Min(chain.Last, young ?? long.MaxValue) - 1;
            if (through >= chain.First)
                found.Add(new(chain.Id, chain.First, through, held.Contains(null) || held.Contains(chain.Id)));
        }
        return found;
    }

    /// <summary>Removes it, a slice a transaction; a run that was killed is simply begun again. Returns how many rows went.</summary>
    public async Task<long> Remove(AuditPrunable chain, DateTimeOffset keptFrom, CancellationToken ct)
    {
        if (chain.Held)
            return 0;
        var gone = 0L;
        for (var from = chain.From; from <= chain.Through; from += Slice)
            gone += await Remove(chain.OrganisationId, from, Math.Min(from + Slice - 1, chain.Through), keptFrom, ct);
        return gone;
    }

    private async Task<int> Remove(Guid organisation, long from, long through, DateTimeOffset keptFrom, CancellationToken ct)
    {
        var last = await db.Seals.AsNoTracking().SingleAsync(s => s.OrganisationId == organisation && s.Seq == through, ct);
        var now = Micro(clock.GetUtcNow());
        var tombstone = new AuditTombstoneRow
        {
            OrganisationId = organisation,
            Seq = through,
            Link = last.Mac,
            Before = Micro(keptFrom),
            At = now,
            Mac = [],
        };
        tombstone.Mac = mac.Of(tombstone);
        var engine = EngineName();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Tombstones.Add(tombstone);
        await db.SaveChangesAsync(ct); // first: from then on this is SQLite's one writer, and needs no turn any more
        foreach (var statement in AuditGuards.Lift(engine))
            await db.Database.ExecuteSqlRawAsync(statement, ct);
        var rows = await db
            .Audit.Where(a => db.Seals.Any(s => s.AuditId == a.Id && s.OrganisationId == organisation && s.Seq >= from && s.Seq <= through))
            .ExecuteDeleteAsync(ct);
        await db.Seals.Where(s => s.OrganisationId == organisation && s.Seq >= from && s.Seq <= through).ExecuteDeleteAsync(ct);
        foreach (var statement in AuditGuards.Restore(engine))
            await db.Database.ExecuteSqlRawAsync(statement, ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return rows;
    }

    private string EngineName() =>
        db.Database.IsSqlite() ? nameof(Engine.Sqlite)
        : db.Database.IsNpgsql() ? nameof(Engine.PostgreSql)
        : nameof(Engine.SqlServer);

    private static DateTimeOffset Micro(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % 10), TimeSpan.Zero);
}
