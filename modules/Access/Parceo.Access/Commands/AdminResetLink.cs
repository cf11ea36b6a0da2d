using Microsoft.Extensions.Configuration;
using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Cli;

namespace Parceo.Access.Commands;

/// <summary>Prints a link to choose a new password, for hand-over where no mail leaves the machine.</summary>
internal sealed class AdminResetLink(ISender sender, IConfiguration configuration) : IParceoCommand
{
    public string Verb => "admin reset-link";
    public string Usage => "--user EMAIL";
    public string Summary => "Prints a link (30 min) with which a person chooses a new password; the second factor stays.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var answer = await sender.Send(new IssueResetLink.Command(new Arguments(arguments, "user").Needed("user")), ct);
        Console.WriteLine(Links.To(configuration, $"mot-de-passe-oublie/{answer.Token}"));
        return 0;
    }
}
