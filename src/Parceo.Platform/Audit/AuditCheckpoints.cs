using System.Globalization;
using System.Text;
using Parceo.Platform.Data;

namespace Parceo.Platform.Audit;

/// <summary>The head of an organisation's chain at some time.</summary>
public sealed record AuditCheckpoint(Guid OrganisationId, long Seq, byte[] Mac);

/// <summary>
/// Heads of the chains, kept outside the database in <c>audit-checkpoints.log</c> of the data folder. Copy that file
/// elsewhere: whoever can cut the database's tail should not be able to cut it too (S32).
/// </summary>
public sealed class AuditCheckpoints(DatabaseOptions options)
{
    private readonly string path = Path.Combine(options.Folder, "audit-checkpoints.log");
    private readonly Dictionary<Guid, long> written = [];

    internal async Task Write(IEnumerable<AuditCheckpoint> heads, DateTimeOffset now, CancellationToken ct)
    {
        var text = new StringBuilder();
        foreach (var head in heads.Where(h => written.GetValueOrDefault(h.OrganisationId) < h.Seq).ToList())
        {
            text.Append(CultureInfo.InvariantCulture, $"{now:O} {head.OrganisationId} {head.Seq} {Convert.ToHexString(head.Mac)}\n");
            written[head.OrganisationId] = head.Seq;
        }
        if (text.Length == 0)
            return;
        Directory.CreateDirectory(options.Folder);
        await File.AppendAllTextAsync(path, text.ToString(), ct);
    }

    /// <summary>The highest head recorded for each organisation; damaged lines are passed over.</summary>
    public IReadOnlyDictionary<Guid, AuditCheckpoint> Read()
    {
        var latest = new Dictionary<Guid, AuditCheckpoint>();
        if (!File.Exists(path))
            return latest;
        foreach (var parts in File.ReadLines(path).Select(l => l.Split(' ')).Where(p => p.Length == 4))
        {
            if (
                !Guid.TryParse(parts[1], out var organisation)
                || !long.TryParse(parts[2], CultureInfo.InvariantCulture, out var seq)
                || parts[3].Length != 64
            )
                continue;
            if (!latest.TryGetValue(organisation, out var known) || known.Seq < seq)
                latest[organisation] = new(organisation, seq, Convert.FromHexString(parts[3]));
        }
        return latest;
    }
}
