using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Data;

namespace Parceo.Platform.Jobs;

/// <summary>
/// Sees to it that a job never runs twice at once, on this node or another. Over nodes a turn is a lease of 60 seconds that is
/// renewed while the job runs: one of a node that was killed is over within that time (S58).
/// </summary>
internal sealed class JobTurns(IServiceScopeFactory scopes, DatabaseOptions database, TimeProvider clock, ILogger<JobTurns> log)
{
    internal static readonly TimeSpan Time = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, bool> here = new(StringComparer.Ordinal);
    private readonly TimeProvider Clock = clock;
    private readonly ILogger Log = log;
    private readonly bool severalNodes = database.Provider != Engine.Sqlite;

    /// <summary>Null when the job runs already; dispose to give it up.</summary>
    public async Task<Turn?> Take(string job, CancellationToken ct)
    {
        if (!here.TryAdd(job, true))
            return null;
        var owner = Guid.CreateVersion7();
        try
        {
            if (!severalNodes || await Lease(job, owner, ct))
                return new Turn(this, job, owner, ct);
        }
        catch
        {
            here.TryRemove(job, out _);
            throw;
        }
        here.TryRemove(job, out _);
        return null;
    }

    private async Task<bool> Lease(string job, Guid owner, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PlatformDb>().TakeLease("job:" + job, owner, Clock.GetUtcNow(), Time, ct);
    }

    private async Task GiveUp(string job, Guid owner)
    {
        if (severalNodes)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<PlatformDb>().GiveUpLease("job:" + job, owner, Clock.GetUtcNow());
            }
            catch (Exception e)
            {
                Log.LogWarning("The turn of {Job} ends by itself within a minute: {Failure}", job, e.GetType().Name);
            }
        }
        here.TryRemove(job, out _);
    }

    /// <summary>The right to run a job now.</summary>
    public sealed class Turn : IAsyncDisposable
    {
        private readonly JobTurns turns;
        private readonly string job;
        private readonly Guid owner;
        private readonly CancellationTokenSource lost;
        private readonly CancellationTokenSource over = new();
        private readonly Task renewing;

        internal Turn(JobTurns turns, string job, Guid owner, CancellationToken ct)
        {
            (this.turns, this.job, this.owner) = (turns, job, owner);
            lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
            renewing = turns.severalNodes ? Renew() : Task.CompletedTask;
        }

        /// <summary>Cancelled when the host stops, or when the turn could not be kept.</summary>
        public CancellationToken Held => lost.Token;

        private async Task Renew()
        {
            using var timer = new PeriodicTimer(Time / 4);
            var until = turns.Clock.GetTimestamp();
            try
            {
                while (await timer.WaitForNextTickAsync(over.Token))
                {
                    try
                    {
                        if (!await turns.Lease(job, owner, over.Token))
                            break;
                        until = turns.Clock.GetTimestamp();
                    }
                    catch (Exception) when (!over.IsCancellationRequested && turns.Clock.GetElapsedTime(until) < Time / 2)
                    {
                        continue; // the database may be back before the turn is over
                    }
                }
            }
            catch (Exception) when (over.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                turns.Log.LogWarning("The turn of {Job} could not be kept: {Failure}", job, e.GetType().Name);
            }
            await lost.CancelAsync();
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await over.CancelAsync();
            await renewing;
            await turns.GiveUp(job, owner);
            lost.Dispose();
            over.Dispose();
        }
    }
}
