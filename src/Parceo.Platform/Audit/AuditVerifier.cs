using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Data;

namespace Parceo.Platform.Audit;

/// <summary>What a verification found.</summary>
/// <param name="Rows">Rows checked.</param>
/// <param name="Chains">Organisations checked.</param>
/// <param name="Problem">One sentence that names the first bad row, or null.</param>
/// <param name="Note">What else is to be looked at, or null.</param>
public sealed record AuditVerdict(long Rows, int Chains, string? Problem, string? Note = null);

/// <summary>
/// Checks every chain from its beginning, or from where retention left it (S33): edits, deletions, insertions, copies, swaps and a
/// cut tail are named, the last also when the checkpoint file is an older one or gone (S32).
/// </summary>
public sealed class AuditVerifier(PlatformDb db, AuditMac mac, AuditCheckpoints checkpoints)
{
    private const int Page = 2000;

    /// <summary>Stops at the first bad row of the first bad chain.</summary>
    /// <param name="checkpointFile">A copy of the checkpoint file that was kept elsewhere, or another node's; this node's when null.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<AuditVerdict> Verify(CancellationToken ct, string? checkpointFile = null)
    {
        var file = checkpoints.Read(checkpointFile);
        if (file.Problem is not null)
            return new(0, 0, file.Problem);
        var heads = file.Heads;
        var organisations = await db.Seals.Select(s => s.OrganisationId).Distinct().ToListAsync(ct);
        long rows = 0;
        foreach (var organisation in organisations.Union(heads.Keys).Order())
        {
            var (count, problem) = await Chain(organisation, heads.GetValueOrDefault(organisation), ct);
            rows += count;
            if (problem is not null)
                return new(rows, organisations.Count, problem);
        }
        await foreach (
            var row in db
                .Audit.AsNoTracking()
                .Where(a => !db.Seals.Any(s => s.AuditId == a.Id))
                .OrderBy(a => a.Id)
                .AsAsyncEnumerable()
                .WithCancellation(ct)
        )
        {
            rows++;
            if (!mac.Of(row).AsSpan().SequenceEqual(row.Mac))
                return new(rows, organisations.Count, $"Row {row.Id} was inserted or changed by hand (its keyed hash is wrong).");
        }
        if (
            await db
                .Audit.GroupBy(a => a.Mac)
                .Where(g => g.Count() > 1)
                .Select(g => (long?)g.Max(a => a.Id))
                .OrderBy(id => id)
                .FirstOrDefaultAsync(ct) is
            { } copy
        )
            return new(rows, organisations.Count, $"Row {copy} is a copy of another one.");
        var (missing, note) = await Anchored(file, ct);
        return new(rows, organisations.Count, missing, note);
    }

    /// <summary>Whether the file is as long as the trail knows it to be.</summary>
    private async Task<(string? Problem, string? Note)> Anchored(AuditCheckpointFile file, CancellationToken ct)
    {
        var anchors = db.Audit.AsNoTracking().Where(a => a.OrganisationId == Guid.Empty && a.Action == AuditCheckpoints.Anchor);
        var known = new Dictionary<string, long>();
        foreach (var name in await anchors.Select(a => a.ObjectId!.Substring(0, 32)).Distinct().ToListAsync(ct))
        {
            var last = await anchors
                .Where(a => a.ObjectId!.StartsWith(name))
                .OrderByDescending(a => a.At)
                .ThenByDescending(a => a.Id)
                .Select(a => a.ObjectId!)
                .FirstAsync(ct);
            known[name] = long.Parse(last[(name.Length + 1)..], CultureInfo.InvariantCulture);
        }
        if (file.Lines == 0 && known.Count > 0)
            return ($"The checkpoint file is missing: the trail knows of one with {known.Values.Max()} lines. Give a copy of it.", null);
        if (known.TryGetValue(file.Name, out var lines) && lines > file.Lines)
            return (
                $"The checkpoint file ends at line {file.Lines}, the trail knows of {lines}: it was cut, or an older one was put in its place.",
                null
            );
        var others = known.Keys.Count(n => n != file.Name);
        return (
            null,
            others == 0
                ? null
                : $"The trail knows of {others} other checkpoint files: of other nodes, or set aside as damaged. Verify with each of them, or its copy."
        );
    }

    private async Task<(long Rows, string? Problem)> Chain(Guid organisation, AuditCheckpoint? checkpoint, CancellationToken ct)
    {
        long begin = 0;
        byte[] previous = [];
        if (
            await db
                .Tombstones.AsNoTracking()
                .Where(t => t.OrganisationId == organisation)
                .OrderByDescending(t => t.Seq)
                .FirstOrDefaultAsync(ct) is
            { } tombstone
        )
        {
            if (!mac.Of(tombstone).AsSpan().SequenceEqual(tombstone.Mac))
                return (0, $"Chain {organisation}, sequence {tombstone.Seq}: the tombstone of what retention removed was written by hand.");
            (begin, previous) = (tombstone.Seq, tombstone.Link);
        }
        var seq = begin;
        while (true)
        {
            var from = seq;
            var links = await db
                .Seals.AsNoTracking()
                .Where(s => s.OrganisationId == organisation && s.Seq > from)
                .OrderBy(s => s.Seq)
                .Take(Page)
                .GroupJoin(db.Audit.AsNoTracking(), s => s.AuditId, a => a.Id, (s, a) => new { Seal = s, Rows = a })
                .SelectMany(x => x.Rows.DefaultIfEmpty(), (x, row) => new { x.Seal, Row = row })
                .ToListAsync(ct);
            foreach (var link in links.OrderBy(l => l.Seal.Seq))
            {
                var place = $"Chain {organisation}, sequence {seq + 1} (row {link.Seal.AuditId})";
                if (link.Seal.Seq != seq + 1)
                    return (seq - begin, $"Chain {organisation}, sequence {seq + 1}: the link is missing.");
                if (link.Row is not { } row)
                    return (seq - begin, $"{place}: the row was deleted.");
                if (row.OrganisationId != organisation)
                    return (seq - begin, $"{place}: the row was moved from another organisation.");
                if (!mac.Of(row).AsSpan().SequenceEqual(row.Mac))
                    return (seq - begin, $"{place}: the row was changed.");
                if (!mac.Link(organisation, link.Seal.Seq, row.Mac, previous).AsSpan().SequenceEqual(link.Seal.Mac))
                    return (seq - begin, $"{place}: the link does not fit; rows were swapped or the chain was rewritten.");
                if (checkpoint is not null && checkpoint.Seq == link.Seal.Seq && !checkpoint.Mac.AsSpan().SequenceEqual(link.Seal.Mac))
                    return (seq - begin, $"{place}: the link is not the one in the checkpoint file.");
                (seq, previous) = (link.Seal.Seq, link.Seal.Mac);
            }
            if (links.Count < Page)
                break;
        }
        return checkpoint is not null && checkpoint.Seq > seq
            ? (seq - begin, $"Chain {organisation}: sequences {seq + 1} to {checkpoint.Seq} were cut from the end.")
            : (seq - begin, null);
    }
}
