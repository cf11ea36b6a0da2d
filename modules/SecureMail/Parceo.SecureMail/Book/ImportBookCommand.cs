using System.IO.Compression;
using Parceo.Platform.Cli;

namespace Parceo.SecureMail.Book;

/// <summary>Takes the national extraction of MSSanté addresses in, as published (ZIP) or unpacked.</summary>
internal sealed class ImportBookCommand(BookImporter importer) : IParceoCommand
{
    public string Verb => "securemail import";
    public string Usage => "FILE [--force]";
    public string Summary => "Import the national MSSanté addresses (Extraction_Correspondance_MSSante).";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (arguments is not [var path, ..] || arguments.Skip(1).Any(a => a != "--force"))
            throw new CommandException("Give one file: securemail import FILE [--force].");
        if (!File.Exists(path))
            throw new CommandException($"{path} does not exist.");
        try
        {
            using var zip = path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? await ZipFile.OpenReadAsync(path, ct) : null;
            var entry = zip?.Entries.FirstOrDefault(e =>
                e.Name.Contains("MSSante", StringComparison.OrdinalIgnoreCase)
                && e.Name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)
            );
            if (zip is not null && entry is null)
                throw new CommandException($"{path} holds no MSSanté extraction.");
            await using var file = entry is not null ? await entry.OpenAsync(ct) : File.OpenRead(path);
            var done = await importer.Import(file, arguments.Count > 1, ct);
            Console.WriteLine(
                $"{done.Lines} lines, {done.Rejected} left out, {done.Addresses} addresses, {done.Gone} gone.{(done.Latin1 > 0 ? $" {done.Latin1} lines are not UTF-8: read as ISO 8859-1." : "")}"
            );
            return 0;
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw new CommandException(e.Message);
        }
    }
}
