namespace Parceo.Platform.Cli;

/// <summary>
/// A verb of <c>build/parceo</c>, for example <c>directory import FILE…</c>. It sends requests as the system; it
/// writes results to standard output, one clear sentence to standard error on failure (exit code 1).
/// </summary>
public interface IParceoCommand
{
    /// <summary>The words that call it, <c>directory import</c>.</summary>
    string Verb { get; }

    /// <summary>Arguments and options, for the help: <c>FILE… [--region 57]</c>.</summary>
    string Usage { get; }

    /// <summary>One English sentence.</summary>
    string Summary { get; }

    /// <summary>Whether the schema is brought up to date first; not where the database is still to come.</summary>
    bool NeedsSchema => true;

    /// <summary>Runs it; throws <see cref="CommandException"/> for a refusal in one sentence.</summary>
    Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct);
}

/// <summary>A refusal to the person at the terminal, in one clear sentence.</summary>
public sealed class CommandException(string message) : Exception(message);
