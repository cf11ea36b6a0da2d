using Parceo.Platform.Cli;

namespace Parceo.Platform.Data;

/// <summary>
/// Brings the schema up to date and ends: for installations whose serving login may not change the schema, or that want
/// the long part done before the nodes are restarted (S59).
/// </summary>
internal sealed class MigrateCommand(Migrator migrator, DataFolder folder, DatabaseOptions options, ServingLogin serving) : IParceoCommand
{
    public string Verb => "migrate";
    public string Usage => "[--grant LOGIN]";
    public string Summary =>
        "Bring the database's schema up to date; with --grant, let that login serve but not change the schema or the audit trail.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var login = arguments is ["--grant", var name] ? name : null;
        if (arguments.Count > 0 && login is null)
            throw new CommandException("migrate takes --grant LOGIN only.");
        // Every verb migrates first, unless a serving host keeps the folder: that one did so when it started.
        if (options.Provider == Engine.Sqlite && !folder.TryTake())
            throw new CommandException($"Another Parceo already uses the data folder {options.Folder}: it migrated when it started.");
        foreach (var migration in migrator.Applied)
            Console.WriteLine(migration);
        Console.WriteLine(migrator.Applied.Count == 0 ? "Nothing to do: the schema is current." : "The schema is current.");
        if (login is not null)
        {
            await serving.Grant(login, ct);
            Console.WriteLine($"{login} may serve.");
        }
        return 0;
    }
}
