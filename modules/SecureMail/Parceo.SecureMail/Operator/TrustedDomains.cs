using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Operator;

/// <summary>
/// The liste blanche: the domains of the espace de confiance, one a line, <c>#</c> for comments. Read again when the file
/// changes; empty or missing, nothing leaves.
/// </summary>
internal sealed class TrustedDomains(OperatorSettings settings, ILogger<TrustedDomains> log)
{
    private readonly Lock gate = new();
    private (DateTimeOffset Written, long Length) seen;
    private FrozenSet<string> domains = [];

    /// <summary>All of them, in lower case.</summary>
    public FrozenSet<string> All
    {
        get
        {
            if (settings.DomainsPath is not { } path)
                return [];
            lock (gate)
            {
                var file = new FileInfo(path);
                if (!file.Exists)
                    return [];
                var now = (new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero), file.Length);
                if (now != seen)
                {
                    try
                    {
                        var lines = File.ReadAllLines(path)
                            .Select(l => l.Split('#')[0].Trim().ToLowerInvariant())
                            .Where(l => l.Length > 0)
                            .ToList();
                        domains = lines.Where(MssAddress.IsDomain).ToFrozenSet(StringComparer.Ordinal);
                        if (domains.Count < lines.Distinct().Count())
                            log.LogWarning(
                                "The liste blanche has {Count} lines that are no domain",
                                lines.Distinct().Count() - domains.Count
                            );
                        seen = now;
                    }
                    catch (IOException e)
                    {
                        log.LogError("The liste blanche could not be read: {Failure}", e.GetType().Name);
                        return []; // refusing is safe, an old list is not
                    }
                }
                return domains;
            }
        }
    }
}
