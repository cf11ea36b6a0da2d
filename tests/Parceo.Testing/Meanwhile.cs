using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Platform;

namespace Parceo.Testing;

/// <summary>Two requests that meet, made afresh for every place where they can.</summary>
/// <param name="Slow">The one that has read something when the other comes.</param>
/// <param name="Other">Runs to its end meanwhile; it is not refused.</param>
/// <param name="Check">What holds afterwards; it is told why the slow one was refused, if it was, and when they met.</param>
public sealed record Meeting(Func<Task> Slow, Func<Task> Other, Func<RefusalException?, string, Task> Check);

/// <summary>
/// Lets somebody else act in the middle of a handler, right after one of its reads: a race that is no matter of luck.
/// Only what the test itself calls is met, never the host's own jobs.
/// </summary>
public sealed class Meanwhile : DbCommandInterceptor
{
    private readonly AsyncLocal<Plan?> current = new();

    /// <summary>Watches a module's context.</summary>
    public void Watch<TSqlite, TPostgreSql, TSqlServer>(IServiceCollection services)
        where TSqlite : DbContext
        where TPostgreSql : DbContext
        where TSqlServer : DbContext =>
        services
            .ConfigureDbContext<TSqlite>(o => o.AddInterceptors(this))
            .ConfigureDbContext<TPostgreSql>(o => o.AddInterceptors(this))
            .ConfigureDbContext<TSqlServer>(o => o.AddInterceptors(this));

    /// <summary>Once, after the n-th read from now on whose SQL says <paramref name="text"/>. Answers whether it came to it.</summary>
    public Func<bool> After(int reads, string text, Func<Task> act)
    {
        var plan = current.Value = new Plan(reads, text, act);
        return () => plan.Left == 0;
    }

    /// <summary>Lets them meet after the slow one's first read, then after its second, and so on until there is no place left.</summary>
    public async Task Everywhere(Func<Task<Meeting>> prepare)
    {
        for (var reads = 1; ; reads++)
        {
            var meeting = await prepare();
            var met = After(reads, "", async () =>
            {
                try
                {
                    await meeting.Other();
                }
                catch (RefusalException e)
                {
                    throw new InvalidOperationException("The other one was refused.", e);
                }
            });
            RefusalException? refusal = null;
            try
            {
                await meeting.Slow();
            }
            catch (RefusalException e)
            {
                refusal = e;
            }
            finally
            {
                current.Value = null;
            }
            if (!met())
            {
                Assert.That(
                    (reads > 1, refusal?.Code),
                    Is.EqualTo((true, (string?)null)),
                    "left alone it reads something and is not refused"
                );
                return;
            }
            await meeting.Check(refusal, $"they met after read {reads}");
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        // Not inside a save: on SQLite it has the only turn.
        if (
            eventData.CommandSource == CommandSource.LinqQuery
            && current.Value is { Left: > 0 } plan
            && command.CommandText.Contains(plan.Text, StringComparison.Ordinal)
            && --plan.Left == 0
        )
            await plan.Act();
        return result;
    }

    private sealed class Plan(int reads, string text, Func<Task> act)
    {
        public int Left { get; set; } = reads;
        public string Text => text;
        public Func<Task> Act => act;
    }
}
