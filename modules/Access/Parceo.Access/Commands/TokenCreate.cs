using System.Globalization;
using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Cli;

namespace Parceo.Access.Commands;

/// <summary>Prints a personal API token, alone; works while the host serves.</summary>
internal sealed class TokenCreate(ISender sender) : IParceoCommand
{
    public string Verb => "token create";
    public string Usage => "--user EMAIL [--days 30] [--name NAME] [--organisation NAME] [--scope PERMISSION]…";
    public string Summary => "Prints a new API token of a person, alone on its line. Without --scope it can do all that they can.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var given = new Arguments(arguments, "user", "days", "name", "organisation", "scope");
        if (!int.TryParse(given.Optional("days") ?? "30", NumberStyles.None, CultureInfo.InvariantCulture, out var days))
            throw new CommandException("--days must be a number of days.");
        var answer = await sender.Send(
            new IssueToken.Command(
                given.Needed("user"),
                given.Optional("name") ?? "command line",
                days,
                given.All("scope"),
                given.Optional("organisation")
            ),
            ct
        );
        Console.WriteLine(answer.Token);
        return 0;
    }
}
