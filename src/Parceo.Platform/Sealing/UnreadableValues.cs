using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;

namespace Parceo.Platform;

/// <summary>A sealed value that does not open: altered, moved to another place, or sealed under a key that is not here.</summary>
public sealed class UnreadableValueException(string why, Exception? inner = null) : CryptographicException(why, inner);

/// <summary>
/// Sealed values that did not open (S29). Somebody changed the database beside the house, so each is told once on each node:
/// in the log, in the trail of the organisation it belongs to, and on the page « État du service » until the node restarts.
/// </summary>
public sealed class UnreadableValues(IServiceScopeFactory scopes, TimeProvider clock, ILogger<UnreadableValues> log) : BackgroundService
{
    /// <summary>As the trail calls finding one.</summary>
    public const string Action = "OpenSealedValue",
        Outcome = "value_unreadable";

    private const int Most = 10_000; // a table moved as a whole is told of by its first values (S50)
    private readonly ConcurrentDictionary<(string Table, string Column, Guid Row), DateTimeOffset> found = new();
    private readonly Channel<(Guid Organisation, string Table, Guid Row, string CorrelationId)> untold = Channel.CreateBounded<(
        Guid,
        string,
        Guid,
        string
    )>(Most);

    /// <summary>How many this node knows of.</summary>
    public int Count => found.Count;

    /// <summary>Tells of one.</summary>
    internal void Note(Guid organisation, string table, string column, Guid row)
    {
        if (found.Count >= Most || !found.TryAdd((table, column, row), clock.GetUtcNow()))
            return;
        var reference = Activity.Current?.TraceId.ToString() ?? "";
        log.LogCritical("A sealed value does not open: {Table}.{Column} of {Row}, {TraceId}", table, column, row, reference);
        untold.Writer.TryWrite((organisation, table, row, reference));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (organisation, table, row, reference) in untold.Reader.ReadAllAsync(stoppingToken))
                await Trace(organisation, table, row, reference, stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        { /* stopping */
        }
    }

    private async Task Trace(Guid organisation, string table, Guid row, string reference, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var call = scope.ServiceProvider.GetRequiredService<CallContext>();
            call.ActAsSystemFor(organisation, reference);
            scope.ServiceProvider.GetRequiredService<AuditNote>().About(table, row);
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            scope.ServiceProvider.GetRequiredService<AuditWriter>().Add(db, Action, Outcome, call);
            await db.SaveChangesAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError("A sealed value that does not open could not be traced: {Failure}", e.GetType().Name);
        }
    }
}
