using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Events;

namespace Parceo.Access.Tests;

/// <summary>Two requests that meet, made afresh for every place where they can.</summary>
/// <param name="Slow">The one that has read something when the other comes.</param>
/// <param name="Other">Runs to its end meanwhile; it is not refused.</param>
/// <param name="Check">What holds afterwards; it is told why the slow one was refused, if it was, and when they met.</param>
internal sealed record Meeting(Func<Task> Slow, Func<Task> Other, Func<RefusalException?, string, Task> Check);

/// <summary>
/// Lets one request run to its end in the middle of another: after its first query, then after its second, and so on
/// until there is no place left. So a race is no matter of luck: what can come between two statements does.
/// </summary>
internal sealed class Between : IDbCommandInterceptor, ISaveChangesInterceptor
{
    private readonly AsyncLocal<Plan?> current = new();

    /// <summary>Events of the module that were committed, in any order.</summary>
    public ConcurrentQueue<OutboxRow> Published { get; } = new();

    public void AddTo(IServiceCollection services, Engine engine)
    {
        if (engine == Engine.Sqlite) services.ConfigureDbContext<AccessDbSqlite>(o => o.AddInterceptors(this));
        else if (engine == Engine.PostgreSql) services.ConfigureDbContext<AccessDbPostgreSql>(o => o.AddInterceptors(this));
        else services.ConfigureDbContext<AccessDbSqlServer>(o => o.AddInterceptors(this));
    }

    public async Task Everywhere(Func<Task<Meeting>> prepare)
    {
        for (var queries = 1; ; queries++)
        {
            var meeting = await prepare();
            var plan = current.Value = new Plan(queries, meeting.Other);
            RefusalException? refusal = null;
            try { await meeting.Slow(); }
            catch (RefusalException e) { refusal = e; }
            finally { current.Value = null; }
            if (!plan.IsOver)
            {
                Assert.That((queries > 1, refusal?.Code), Is.EqualTo((true, (string?)null)), "left alone it reads something and is not refused");
                return;
            }
            await meeting.Check(refusal, $"they met after query {queries}");
        }
    }

    async ValueTask<DbDataReader> IDbCommandInterceptor.ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken)
    {
        // Not inside a save: on SQLite it has the only turn.
        if (eventData.CommandSource == CommandSource.LinqQuery && current.Value is { } plan) await plan.Reached();
        return result;
    }

    ValueTask<int> ISaveChangesInterceptor.SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken)
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries<OutboxRow>()) Published.Enqueue(entry.Entity);
        return ValueTask.FromResult(result);
    }

    private sealed class Plan(int after, Func<Task> other)
    {
        private int left = after;

        public bool IsOver { get; private set; }

        public async Task Reached()
        {
            if (left == 0 || --left > 0) return;
            try { await other(); }
            catch (RefusalException e) { throw new InvalidOperationException("The other one was refused.", e); }
            IsOver = true;
        }
    }
}
