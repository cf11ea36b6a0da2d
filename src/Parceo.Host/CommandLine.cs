using Parceo.Platform;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;

namespace Parceo.Host;

/// <summary><c>build/parceo VERB…</c>: finds the verb among the modules' commands and runs it as the system.</summary>
internal static class CommandLine
{
    public static async Task<int> Run(WebApplication app, string[] args)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem($"cli-{Guid.CreateVersion7():n}");
        var commands = scope.ServiceProvider.GetServices<IParceoCommand>().OrderBy(c => c.Verb, StringComparer.Ordinal).ToList();
        var line = string.Join(' ', args);
        var command = commands
            .OrderByDescending(c => c.Verb.Length)
            .FirstOrDefault(c => line == c.Verb || line.StartsWith(c.Verb + " ", StringComparison.Ordinal));
        if (command is null || args[^1] is "--help" or "-h")
        {
            Help(command is null ? commands : [command]);
            return command is null && args is not (["--help"] or ["-h"] or ["help"]) ? 1 : 0;
        }

        // A serving host has migrated already and keeps the folder; otherwise this command brings the schema up to date.
        var database = app.Services.GetRequiredService<DatabaseOptions>();
        if (command.NeedsSchema)
        {
            if (database.Provider != Engine.Sqlite || app.Services.GetRequiredService<DataFolder>().TryTake())
                await app.Services.GetRequiredService<Migrator>().Run(CancellationToken.None);
            await app.Services.GetRequiredService<SealingKey>().Look(CancellationToken.None);
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await command.Run(args[command.Verb.Split(' ').Length..], stop.Token);
        }
        catch (RefusalException refusal)
        {
            throw new CommandException(app.Services.GetRequiredService<ErrorTexts>().Of(refusal.Code));
        }
        catch (OperationCanceledException)
        {
            throw new CommandException("Stopped; nothing half-done was kept.");
        }
    }

    private static void Help(IReadOnlyCollection<IParceoCommand> commands)
    {
        Console.WriteLine("Usage: build/parceo VERB …\n");
        var width = commands.Max(c => c.Verb.Length + c.Usage.Length + 1);
        foreach (var c in commands)
            Console.WriteLine($"  {(c.Verb + " " + c.Usage).PadRight(width)}  {c.Summary}");
    }
}
