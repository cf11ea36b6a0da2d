using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Audit;
using Parceo.Platform.Backup;
using Parceo.Platform.Data;
using Parceo.Platform.Events;
using Parceo.Platform.Sending;

namespace Parceo.Platform.State;

/// <summary>
/// Reads all figures of the service twice a minute, for gauges and for readiness; whoever looks at the page reads them anew.
/// </summary>
public sealed class ServiceState : BackgroundService
{
    /// <summary>The figure that says whether events stand still.</summary>
    public const string OldestEvent = "outbox.oldest";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly IServiceScopeFactory scopes;
    private readonly IReadOnlyList<ServiceFigure> figures;
    private readonly TimeProvider clock;
    private readonly ILogger<ServiceState> log;
    private IReadOnlyList<FigureReading> latest = [];

    internal ServiceState(
        IEnumerable<ServiceFigure> figures,
        IServiceScopeFactory scopes,
        IMeterFactory meters,
        TimeProvider clock,
        ILogger<ServiceState> log
    )
    {
        this.figures = [.. figures];
        this.scopes = scopes;
        this.clock = clock;
        this.log = log;
        if (this.figures.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new StartRefusedException($"The figure '{twice.Key}' is declared twice.");
        var meter = meters.Create(Telemetry.Name);
        foreach (var figure in this.figures)
            meter.CreateObservableGauge<double>(
                $"parceo.{figure.Name}",
                () => Latest(figure).Select(p => new Measurement<double>(p.Value, KeyValuePair.Create("module", (object?)p.Module))),
                figure.Unit == FigureUnit.Seconds ? "s" : null
            );
    }

    /// <summary>Whether what should happen within a second waits for minutes: the oldest undelivered event is too old.</summary>
    public bool EventsStandStill => Volatile.Read(ref latest).Any(r => r.Figure.Name == OldestEvent && r.IsHigh);

    /// <summary>Reads every figure now.</summary>
    public async Task<IReadOnlyList<FigureReading>> Look(CancellationToken ct)
    {
        var readings = new List<FigureReading>(figures.Count);
        foreach (var figure in figures)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("service-state");
                readings.Add(new(figure, await figure.Read(scope.ServiceProvider, clock.GetUtcNow(), ct)));
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("The figure {Figure} could not be read: {Failure}", figure.Name, e.GetType().Name);
                readings.Add(new(figure, []));
            }
        }
        Volatile.Write(ref latest, readings);
        return readings;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(Every, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        await Rounds.Every(Every, Look, e => log.LogWarning("The figures could not be read: {Failure}", e.GetType().Name), stoppingToken);
    }

    private IReadOnlyList<FigurePart> Latest(ServiceFigure figure) =>
        Volatile.Read(ref latest).FirstOrDefault(r => r.Figure.Name == figure.Name)?.Parts ?? [];

    /// <summary>The house's own figures.</summary>
    internal static IEnumerable<ServiceFigure> OfThePlatform(IConfiguration configuration)
    {
        yield return new(
            OldestEvent,
            "Plus ancien évènement à remettre",
            "Un abonné échoue ou une remise est lente : le journal du serveur le nomme. Si rien n’avance, redémarrez les nœuds l’un après l’autre ; aucun évènement ne se perd.",
            FigureUnit.Seconds,
            Minutes(configuration, "Health:OldestEventMinutes", 5) * 60
        )
        {
            Read = async (services, now, ct) =>
                [
                    .. (await services.GetRequiredService<OutboxState>().Read(ct)).Select(b => new FigurePart(
                        b.Module,
                        b.Oldest is { } at ? Math.Max(0, (now - at).TotalSeconds) : 0
                    )),
                ],
        };
        yield return new(
            "outbox.dead_letters",
            "Évènements abandonnés",
            "« outbox list » en ligne de commande les nomme. La cause corrigée, « outbox replay » les remet ; « outbox discard » y renonce.",
            FigureUnit.Count,
            0
        )
        {
            Read = async (services, _, ct) =>
                [.. (await services.GetRequiredService<OutboxState>().Read(ct)).Select(b => new FigurePart(b.Module, b.Dead))],
        };
        yield return new(
            "audit.unsealed",
            "Traces qui attendent leur sceau",
            "Le scellement suit d’ordinaire en une seconde : regardez la base de données et son disque, puis « audit verify ».",
            FigureUnit.Count,
            10_000
        )
        {
            Read = async (services, _, ct) => [new("platform", await AuditSealer.Unsealed(services.GetRequiredService<PlatformDb>(), ct))],
        };
        yield return new(
            "disk.percent",
            "Disque des données, rempli en pour cent",
            "Libérez ou ajoutez de la place : à court de disque, le nœud se retire de lui-même avant de refuser ce qu’on lui confie.",
            FigureUnit.Count,
            90
        )
        {
            Read = (services, _, _) =>
                Task.FromResult<IReadOnlyList<FigurePart>>([new("platform", services.GetRequiredService<DiskSpace>().Percent)]),
        };
        yield return new(
            "sealing.unreadable",
            "Données scellées illisibles",
            "Quelqu’un a changé la base sans passer par Parceo, ou une clé manque : le journal du serveur nomme chaque ligne. Lancez « audit verify » et comparez à une sauvegarde.",
            FigureUnit.Count,
            0
        )
        {
            Read = (services, _, _) =>
                Task.FromResult<IReadOnlyList<FigurePart>>([new("platform", services.GetRequiredService<UnreadableValues>().Count)]),
        };
    }

    /// <summary>Of an installation that takes backups by itself.</summary>
    internal static ServiceFigure OfBackups(BackupFolder folder) =>
        new(
            "backup.age",
            "Dernière sauvegarde vérifiée",
            "Chaque heure une sauvegarde est écrite dans Backup:Folder puis relue en entier. Regardez la place qui y reste et le journal du serveur ; « backup FICHIER » en fait une à la main.",
            FigureUnit.Seconds,
            TimeSpan.FromHours(2).TotalSeconds
        )
        {
            Read = (_, now, _) =>
                Task.FromResult<IReadOnlyList<FigurePart>>(
                    folder.LastVerified() is { } at ? [new("platform", Math.Max(0, (now - at).TotalSeconds))] : []
                ),
        };

    private static double Minutes(IConfiguration configuration, string key, double otherwise) =>
        configuration[key] is not { Length: > 0 } text ? otherwise
        : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and <= 1440 ? minutes
        : throw new StartRefusedException($"{key} is '{text}'; it must be a number of minutes, 1440 at most.");
}
