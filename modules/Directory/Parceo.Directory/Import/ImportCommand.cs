using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Directory.Domain;
using Parceo.Directory.Features;
using Parceo.Platform;
using Parceo.Platform.Cli;

namespace Parceo.Directory.Import;

/// <summary><c>directory import</c>: applies national files, one after the other, with a progress bar on a terminal.</summary>
internal sealed class ImportCommand(
    ISender sender,
    DirectoryImporter importer,
    ImportProgress progress,
    IServiceScopeFactory scopes,
    ErrorTexts texts
) : IParceoCommand
{
    public string Verb => "directory import";

    public string Usage => "FILE… [--departements 57,54] [--force]";

    public string Summary => "Imports PS_LibreAcces_Personne_activite files (.txt, or the .zip they come in).";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var (files, departements, force) = Parse(arguments);
        foreach (var file in files)
        {
            var path = Path.GetFullPath(file);
            if (!File.Exists(path))
            {
                throw new CommandException($"{file}: there is no such file.");
            }
            var id = await sender.Send(new StartImport.Command(path, Path.GetFileName(path), departements, force), ct);
            var import = importer.Run(id, ct);
            await Show(id, import);
            await import;
            await Conclude(id, file);
        }
        return 0;
    }

    private static (List<string> Files, string Departements, bool Force) Parse(IReadOnlyList<string> arguments)
    {
        var (files, departements, force) = (new List<string>(), "", false);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--force")
            {
                force = true;
            }
            else if (arguments[i] == "--departements" && i + 1 < arguments.Count)
            {
                departements = arguments[++i];
            }
            else if (arguments[i].StartsWith('-'))
            {
                throw new CommandException(
                    $"Unknown option {arguments[i]}. Usage: directory import FILE… [--departements 57,54] [--force]"
                );
            }
            else
            {
                files.Add(arguments[i]);
            }
        }
        return files.Count > 0
            ? (files, departements, force)
            : throw new CommandException("Which file? Usage: directory import FILE… [--departements 57,54] [--force]");
    }

    private async Task Show(Guid id, Task import)
    {
        var terminal = !Console.IsOutputRedirected;
        for (var last = ""; !import.IsCompleted; await Task.WhenAny(import, Task.Delay(TimeSpan.FromMilliseconds(200))))
        {
            if (progress.Of(id) is not { } step)
            {
                continue;
            }
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{(step.State == ImportState.Writing ? "Writing" : "Reading"), -8}{Shown(step.Percent, terminal), 3} %  {step.Lines:N0} lines, {step.People:N0} people, {step.Rejected:N0} set aside"
            );
            if (terminal)
            {
                Console.Write($"\r[{new string('#', step.Percent / 5), -20}] {line}   ");
            }
            else if (line[..13] != last)
            {
                Console.WriteLine(line);
                last = line[..13];
            }
        }
        if (terminal)
        {
            Console.Write("\r" + new string(' ', 100) + "\r");
        }
    }

    /// <summary>Plain lines every tenth only.</summary>
    private static int Shown(int percent, bool exactly) => exactly ? percent : percent / 10 * 10;

    private async Task Conclude(Guid id, string file)
    {
        await using var scope = scopes.CreateAsyncScope();
        var run = (await scope.ServiceProvider.GetRequiredService<Data.DirectoryDb>().ImportRuns.FindAsync(id))!;
        if (run.State != ImportState.Done)
        {
            throw new CommandException($"{file}: {texts.Of(run.Refusal!)}{(run.Detail is null ? "" : $" ({run.Detail})")}");
        }
        if (run.Warnings is not null)
        {
            Console.WriteLine(run.Warnings);
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{run.FileName}: {run.Lines:N0} lines, {run.People:N0} people ({run.Created:N0} new, {run.Changed:N0} changed, {run.Gone:N0} gone), {run.Rejected:N0} lines set aside."
            )
        );
        await ShowRejects(scope.ServiceProvider.GetRequiredService<Data.DirectoryDb>(), run);
    }

    private static async Task ShowRejects(Data.DirectoryDb db, ImportRun run)
    {
        const int Shown = 10;
        foreach (
            var reject in await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(
                db.ImportRejects.Where(r => r.RunId == run.Id).OrderBy(r => r.Line).Take(Shown)
            )
        )
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  line {reject.Line}: {reject.Reason} ({reject.Identifier})"));
        }
        if (run.Rejected > Shown)
        {
            Console.WriteLine("  … the rest is in the report of the administration page.");
        }
    }
}
