using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Parceo.Testing;

/// <summary>
/// Lets somebody else act in the middle of a handler, right after one of its reads: a race that is the same at every run.
/// Only what the test itself calls is met, never the host's own jobs.
/// </summary>
public sealed class Meanwhile : DbCommandInterceptor
{
    private readonly AsyncLocal<Meeting?> next = new();

    /// <summary>Watches a module's context, on the engines of the tests.</summary>
    public void Watch<TSqlite, TPostgreSql>(IServiceCollection services) where TSqlite : DbContext where TPostgreSql : DbContext =>
        services.ConfigureDbContext<TSqlite>(o => o.AddInterceptors(this)).ConfigureDbContext<TPostgreSql>(o => o.AddInterceptors(this));

    /// <summary>Once, after the n-th read from now on whose SQL says <paramref name="text"/>. Answers whether it came to it.</summary>
    public Func<bool> After(int reads, string text, Func<Task> act)
    {
        var meeting = next.Value = new Meeting(reads, text, act);
        return () => meeting.Left <= 0;
    }

    /// <inheritdoc/>
    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (next.Value is { Left: > 0 } meeting && command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)
            && command.CommandText.Contains(meeting.Text, StringComparison.Ordinal) && --meeting.Left == 0) await meeting.Act();
        return result;
    }

    private sealed class Meeting(int reads, string text, Func<Task> act)
    {
        public int Left { get; set; } = reads;
        public string Text => text;
        public Func<Task> Act => act;
    }
}
