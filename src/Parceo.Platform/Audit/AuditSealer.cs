using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Data;

namespace Parceo.Platform.Audit;

/// <summary>
/// The one sealer: adds new audit rows to their organisation's hash chain within seconds (S32), so that writers never
/// queue on a chain. One node holds the lease; the chain's primary key keeps a second one harmless. Once a minute the
/// heads of the chains are appended to a checkpoint file outside the database, so that a cut tail is seen.
/// </summary>
internal sealed class AuditSealer(
    IServiceScopeFactory scopes,
    AuditMac mac,
    AuditCheckpoints checkpoints,
    TimeProvider clock,
    ILogger<AuditSealer> log
) : BackgroundService
{
    internal const int Batch = 2000;

    // A transaction: whoever writes waits for it on SQLite.
    private const int AtOnce = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1),
        LeaseTime = TimeSpan.FromSeconds(20),
        CheckpointEvery = TimeSpan.FromMinutes(1),
        LookEvery = TimeSpan.FromSeconds(10),
        LookBack = TimeSpan.FromMinutes(10);
    private readonly Guid node = Guid.CreateVersion7();
    private readonly Dictionary<Guid, (long Seq, byte[] Mac)> heads = [];
    private readonly Queue<(DateTimeOffset At, long To)> passed = new();
    private long settledBelow,
        sealedTo;
    private bool ownsLease;
    private DateTimeOffset nextCheckpoint,
        nextLook,
        leaseUntil;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(
            Pause,
            async ct =>
            {
                while (await SealOnce(ct) == Batch) { }
            },
            e =>
            {
                StartAnew(); // somebody else may have sealed: read the heads again
                log.LogWarning("Sealing the audit trail will be tried again: {Failure}", e.GetType().Name);
            },
            stoppingToken
        );

    /// <summary>Seals what is there, up to a batch; returns how many rows.</summary>
    internal async Task<int> SealOnce(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        var now = clock.GetUtcNow();
        if (!await HoldLease(db, now, ct))
            return 0;

        // Ids are given before commits, so a smaller one may still appear: every ten seconds everything younger than a minute
        // is looked at again. At once only what is new: looking past what is sealed costs as much as sealing it.
        var again = now >= nextLook;
        if (again)
            nextLook = now + LookEvery;
        if (again && settledBelow == 0)
            settledBelow = await Floor(db, ct);
        var floor = again ? settledBelow : Math.Max(sealedTo, settledBelow);
        var rows = await db
            .Audit.AsNoTracking()
            .Where(a => a.Id > floor && !db.Seals.Any(s => s.AuditId == a.Id))
            .OrderBy(a => a.Id)
            .Take(Batch)
            .Select(a => new
            {
                a.Id,
                a.OrganisationId,
                a.Mac,
                a.At,
            })
            .ToListAsync(ct);
        foreach (var some in rows.Chunk(AtOnce))
        {
            foreach (var row in some)
            {
                if (!heads.TryGetValue(row.OrganisationId, out var head))
                    head = await Head(db, row.OrganisationId, ct);
                var next = (Seq: head.Seq + 1, Mac: mac.Link(row.OrganisationId, head.Seq + 1, row.Mac, head.Mac));
                db.Seals.Add(
                    new AuditSealRow
                    {
                        OrganisationId = row.OrganisationId,
                        Seq = next.Seq,
                        AuditId = row.Id,
                        Mac = next.Mac,
                        At = now,
                    }
                );
                heads[row.OrganisationId] = next;
            }
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (ConcurrentChangeException)
            {
                StartAnew(); // it stalled for longer than its lease, and another node has sealed since
                return 0;
            }
            db.ChangeTracker.Clear();
        }
        // A full batch may have left older ones behind: the next look is a whole one.
        if (again && rows.Count == Batch)
            nextLook = now;
        if (rows.Count > 0)
        {
            sealedTo = Math.Max(sealedTo, rows[^1].Id);
            passed.Enqueue((now, sealedTo));
        }
        if (again && rows.Count < Batch)
            await Settle(scope.ServiceProvider, db, now, ct); // what appeared before it has just been looked at
        return rows.Count;
    }

    private async Task Settle(IServiceProvider services, PlatformDb db, DateTimeOffset now, CancellationToken ct)
    {
        var old = now - TimeSpan.FromMinutes(1);
        while (passed.TryPeek(out var round) && round.At < old)
            settledBelow = passed.Dequeue().To;
        if (now >= nextCheckpoint)
        {
            nextCheckpoint = now + CheckpointEvery;
            if (await checkpoints.Write(heads.Select(h => new AuditCheckpoint(h.Key, h.Value.Seq, h.Value.Mac)), now, ct) is not { } file)
                return;
            // The trail knows how long the file is, so that an older copy of it is no alibi for a cut tail.
            var host = services.GetRequiredService<CallContext>();
            host.ActAsSystem("audit-checkpoint");
            services.GetRequiredService<AuditNote>().Said("checkpoint", $"{file.Name}:{file.Lines}");
            services.GetRequiredService<AuditWriter>().Add(db, AuditCheckpoints.Anchor, "ok", host);
            await db.SaveChangesAsync(ct);
        }
    }

    /// <summary>
    /// Below it nothing is looked for after a start: what was sealed some minutes before the last seals. Along the index of the
    /// newest ones, whatever the age of the installation.
    /// </summary>
    private static async Task<long> Floor(PlatformDb db, CancellationToken ct)
    {
        var newest = db.Seals.OrderByDescending(s => s.AuditId);
        if (await newest.Select(s => (DateTimeOffset?)s.At).FirstOrDefaultAsync(ct) is not { } last)
            return 0;
        var old = last - LookBack;
        return await newest.Where(s => s.At < old).Select(s => (long?)s.AuditId).FirstOrDefaultAsync(ct) ?? 0;
    }

    /// <summary>How many rows wait for their seal.</summary>
    internal static async Task<int> Unsealed(PlatformDb db, CancellationToken ct)
    {
        var last = await db.Seals.MaxAsync(s => (long?)s.AuditId, ct) ?? 0;
        return await db.Audit.CountAsync(a => a.Id > last, ct);
    }

    private static async Task<(long, byte[])> Head(PlatformDb db, Guid organisation, CancellationToken ct) =>
        await db
            .Seals.Where(s => s.OrganisationId == organisation)
            .OrderByDescending(s => s.Seq)
            .Select(s => new { s.Seq, s.Mac })
            .FirstOrDefaultAsync(ct)
            is { } last
            ? (last.Seq, last.Mac)
            : (0, []);

    private async Task<bool> HoldLease(PlatformDb db, DateTimeOffset now, CancellationToken ct)
    {
        if (ownsLease && leaseUntil - now > LeaseTime / 2 && leaseUntil - now <= LeaseTime)
            return true;
        var taken = await db.TakeLease("audit-sealer", node, now, LeaseTime, ct);
        if (taken && !ownsLease)
            StartAnew(); // another node may have sealed since
        leaseUntil = now + LeaseTime;
        return ownsLease = taken;
    }

    private void StartAnew()
    {
        heads.Clear();
        passed.Clear();
        (nextLook, leaseUntil) = (default, default);
    }
}
