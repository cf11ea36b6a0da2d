using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Parceo.Platform;

/// <summary>
/// A log says what failed and where, never with which values (S65). SQL Server writes the duplicate key into its message,
/// PostgreSQL the text that is no number, .NET the key that was not found: of exceptions that others throw, loggers see
/// types, numbers and stack, whoever logs them.
/// </summary>
internal sealed class QuietLogs(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Logger(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class Logger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => inner.Log(logLevel, eventId, state, exception is null or LoggedFailure ? exception : new LoggedFailure(exception), formatter);
    }
}

/// <summary>An exception as logs may show it.</summary>
internal sealed class LoggedFailure : Exception
{
    private readonly string text;

    public LoggedFailure(Exception failure)
        : base(Of(failure))
    {
        StackTrace = failure.StackTrace;
        var all = new StringBuilder();
        Write(all, failure, "");
        text = all.ToString();
    }

    public override string? StackTrace { get; }

    public override string ToString() => text;

    private static void Write(StringBuilder all, Exception failure, string before)
    {
        all.Append(before).Append(Of(failure));
        if (failure.StackTrace is { } stack)
            all.Append('\n').Append(stack);
        foreach (var inner in failure is AggregateException many ? [.. many.InnerExceptions] : new[] { failure.InnerException })
        {
            if (inner is not null)
                Write(all, inner, "\n ---> ");
        }
    }

    private static string Of(Exception failure) =>
        failure.GetType().FullName
        + failure switch
        {
            SqlException e => string.Create(CultureInfo.InvariantCulture, $" {e.Number}"),
            SqliteException e => string.Create(CultureInfo.InvariantCulture, $" {e.SqliteExtendedErrorCode}"),
            DbException e => $" {e.SqlState}",
            _ when SaysNoValue(failure) => $": {failure.Message}",
            _ => "",
        };

    // Ours are written with codes and names; these tell of the program, the network or the disk.
    private static bool SaysNoValue(Exception failure) =>
        failure.GetType().Assembly.GetName().Name?.StartsWith("Parceo.", StringComparison.Ordinal) == true
        || failure is SocketException or TimeoutException or OperationCanceledException
        || (failure.GetType() == typeof(InvalidOperationException) && !ReadsValues(failure))
        || failure.GetType() == typeof(IOException);

    // What a page is given by its address or a form is named in these, with its value.
    private static bool ReadsValues(Exception failure) =>
        failure.Source?.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal) == true;
}
