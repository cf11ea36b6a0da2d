using Parceo.Platform.Cli;

namespace Parceo.Platform.Data;

/// <summary>
/// Brings the schema up to date and ends: for installations whose serving login may not change the schema, or that want
/// the long part done before the nodes are restarted (S59).
/// </summary>
internal sealed class MigrateCommand(Migrator migrator, DataFolder folder, DatabaseOptions options) : IParceoCommand
{
    public string Verb => "migrate";
    public string Usage => "";
    public string Summary => "Bring the database's schema up to date, and do nothing else.";

    public Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (arguments.Count > 0)
            throw new CommandException("migrate takes no arguments.");
        // Every verb migrates first, unless a serving host keeps the folder: that one did so when it started.
        if (options.Provider == Engine.Sqlite && !folder.TryTake())
            throw new CommandException($"Another Parceo already uses the data folder {options.Folder}: it migrated when it started.");
        foreach (var migration in migrator.Applied)
            Console.WriteLine(migration);
        Console.WriteLine(migrator.Applied.Count == 0 ? "Nothing to do: the schema is current." : "The schema is current.");
        return Task.FromResult(0);
    }
}
