using System.Globalization;
using System.Text;
using Parceo.Platform.Data;

namespace Parceo.Platform.Audit;

/// <summary>The head of an organisation's chain at some time.</summary>
public sealed record AuditCheckpoint(Guid OrganisationId, long Seq, byte[] Mac);

/// <summary>What a checkpoint file says.</summary>
/// <param name="Name">Of this file, since it was begun; empty when there is none.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Heads">The highest head recorded for each organisation.</param>
/// <param name="Problem">One sentence that names the first line that does not follow from the one before, or null.</param>
public sealed record AuditCheckpointFile(string Name, long Lines, IReadOnlyDictionary<Guid, AuditCheckpoint> Heads, string? Problem);

/// <summary>
/// Heads of the chains, kept outside the database in <c>audit-checkpoints.log</c> of the data folder. Copy that file
/// elsewhere: whoever can cut the database's tail should not be able to cut it too (S32). Its lines are numbered and keyed over
/// the one before, and the trail itself knows how many there are (<see cref="Anchor"/>): an older copy of the file, or none, is
/// recognised.
/// </summary>
public sealed class AuditCheckpoints(DatabaseOptions options, AuditMac mac, IIds ids)
{
    /// <summary>The action of the rows that say how many lines a file has.</summary>
    public const string Anchor = "platform.checkpoint";

    private readonly string path = Path.Combine(options.Folder, "audit-checkpoints.log");
    private readonly Dictionary<Guid, long> written = [];
    private (string Name, long Lines, byte[] Mac)? end;

    /// <summary>Appends the heads that moved; the name and length that the file has then, null when none did.</summary>
    internal async Task<(string Name, long Lines)?> Write(IEnumerable<AuditCheckpoint> heads, DateTimeOffset now, CancellationToken ct)
    {
        var moved = heads.Where(h => written.GetValueOrDefault(h.OrganisationId) < h.Seq).ToList();
        if (moved.Count == 0)
            return null;
        var (name, lines, last) = end ??= End();
        var text = new StringBuilder();
        foreach (var head in moved)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{name} {++lines} {now:O} {head.OrganisationId} {head.Seq} {Convert.ToHexString(head.Mac)}"
            );
            last = mac.Of(line, last);
            text.Append(line).Append(' ').Append(Convert.ToHexString(last)).Append('\n');
            written[head.OrganisationId] = head.Seq;
        }
        Directory.CreateDirectory(options.Folder);
        await File.AppendAllTextAsync(path, text.ToString(), ct);
        // The row that says so is a link of the host's own chain: that alone is no reason for the next line.
        written[Guid.Empty] =
            Math.Max(
                written.GetValueOrDefault(Guid.Empty),
                moved.FirstOrDefault(h => h.OrganisationId == Guid.Empty)?.Seq ?? written.GetValueOrDefault(Guid.Empty)
            ) + 1;
        end = (name, lines, last);
        return (name, lines);
    }

    /// <summary>Reads the file, or a copy of it.</summary>
    public AuditCheckpointFile Read(string? copy = null)
    {
        var heads = new Dictionary<Guid, AuditCheckpoint>();
        var (name, lines, last) = ("", 0L, Array.Empty<byte>());
        var file = copy ?? path;
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            var parts = line.Split(' ');
            var cut = line.LastIndexOf(' ');
            var keyed = cut < 0 ? [] : mac.Of(line[..cut], last);
            if (
                parts.Length != 7
                || parts[6] != Convert.ToHexString(keyed)
                || parts[1] != (lines + 1).ToString(CultureInfo.InvariantCulture)
                || (lines > 0 && parts[0] != name)
            )
                return new(name, lines, heads, $"Checkpoint file, line {lines + 1}: it was changed, or lines were taken out before it.");
            (name, lines, last) = (parts[0], lines + 1, keyed);
            var organisation = Guid.Parse(parts[3]);
            var seq = long.Parse(parts[4], CultureInfo.InvariantCulture);
            if (!heads.TryGetValue(organisation, out var known) || known.Seq < seq)
                heads[organisation] = new(organisation, seq, Convert.FromHexString(parts[5]));
        }
        return new(name, lines, heads, null);
    }

    /// <summary>Where this file ends; one that cannot be continued is set aside for whoever verifies.</summary>
    private (string, long, byte[]) End()
    {
        var file = Read();
        if (file.Problem is not null)
            File.Move(path, $"{path}.damaged-{ids.New():n}");
        else if (file.Lines > 0)
            return (file.Name, file.Lines, Convert.FromHexString(File.ReadLines(path).Last().Split(' ')[^1]));
        return (ids.New().ToString("n"), 0, []);
    }
}
