using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Cli;

namespace Parceo.Access.Commands;

/// <summary>Closes an account everywhere within 30 seconds, or opens it again.</summary>
internal sealed class AccountDisable(ISender sender) : IParceoCommand
{
    public string Verb => "account disable";
    public string Usage => "--user EMAIL [--enable true]";
    public string Summary => "Closes a person's account with its sessions and tokens; --enable true opens it again.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var given = new Arguments(arguments, "user", "enable");
        await sender.Send(new DisablePerson.Command(given.Needed("user"), given.Optional("enable") == "true"), ct);
        Console.WriteLine(given.Optional("enable") == "true" ? "Enabled." : "Disabled.");
        return 0;
    }
}
