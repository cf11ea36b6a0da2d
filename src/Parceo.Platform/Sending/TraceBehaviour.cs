using System.Diagnostics;
using System.Diagnostics.Metrics;
using MediatR;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Sending;

/// <summary>Names and instruments of Parceo's own traces and metrics. They carry names and durations, never data (S64).</summary>
public static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Parceo";
    internal static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    internal static readonly Histogram<double> Requests = Meter.CreateHistogram<double>("parceo.request.duration", "s");
    internal static readonly Counter<long> Delivered = Meter.CreateCounter<long>("parceo.outbox.delivered");

    internal static Counter<long> CreateCounter(string name) => Meter.CreateCounter<long>(name);

    internal static readonly Counter<long> Dead = Meter.CreateCounter<long>("parceo.outbox.dead");
}

internal sealed class TraceBehaviour<TRequest, TResponse>(ILogger<TraceBehaviour<TRequest, TResponse>> log, ICurrentUser user)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly string Name = RequestName.Of(typeof(TRequest));

    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        using var activity = Telemetry.Source.StartActivity(Name);
        var started = Stopwatch.GetTimestamp();
        var outcome = "ok";
        try
        {
            return await next();
        }
        catch (RefusalException refusal)
        {
            outcome = refusal.Code;
            throw;
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            outcome = "cancelled";
            throw;
        }
        catch
        {
            outcome = "error";
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            var elapsed = Stopwatch.GetElapsedTime(started);
            Telemetry.Requests.Record(elapsed.TotalSeconds, new("request", Name), new("outcome", outcome));
            log.LogDebug(
                "{Request} {Outcome} in {Milliseconds:0.0} ms, {CorrelationId}",
                Name,
                outcome,
                elapsed.TotalMilliseconds,
                user.CorrelationId
            );
        }
    }
}
