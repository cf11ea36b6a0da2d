using System.Globalization;
using Parceo.Directory.Reference;
using Parceo.Platform.Cli;

namespace Parceo.Demo;

/// <summary><c>directory sample</c>: a national file of people who do not exist, to try the import and to measure it.</summary>
internal sealed class SampleCommand(CommuneIndex communes, Nos nos) : IParceoCommand
{
    public string Verb => "directory sample";

    public string Usage => "FILE [--lines 100000] [--departements 57,54] [--seed 57] [--day 0] [--bad-every 0]";

    public string Summary => "Writes a file of the national format about people who do not exist.";

    public Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var options = new RppsFileOptions { Lines = 100_000 };
        string? file = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            options = arguments[i] switch
            {
                "--lines" => options with { Lines = Number(value) },
                "--seed" => options with { Seed = (ulong)Number(value) },
                "--day" => options with { Day = (int)Math.Min(100, Number(value)) },
                "--bad-every" => options with { BadLineEvery = (int)Math.Min(int.MaxValue, Number(value)) },
                "--departements" => options with { Departements = value.Split(',') },
                _ => options,
            };
            if (arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                i++;
            }
            else
            {
                file = arguments[i];
            }
        }
        using var stream = File.Create(file ?? throw new CommandException($"Which file? Usage: {Verb} {Usage}"));
        var written = new RppsFileWriter(communes, nos).Write(stream, options);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {written:N0} lines."));
        return Task.FromResult(0);

        static long Number(string text) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new CommandException($"'{text}' is not a number.");
    }
}
