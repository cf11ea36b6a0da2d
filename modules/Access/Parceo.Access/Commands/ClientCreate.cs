using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Cli;

namespace Parceo.Access.Commands;

/// <summary>Registers an API client and prints its secret, alone; nothing for a public client.</summary>
internal sealed class ClientCreate(ISender sender) : IParceoCommand
{
    public string Verb => "client create";
    public string Usage => "--id CLIENT-ID [--name NAME] [--redirect URL]… [--organisation NAME --role ROLE] [--public true]";
    public string Summary =>
        "Registers an OpenID Connect client and prints its secret: --redirect for people, --organisation and --role for a program by itself.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var given = new Arguments(arguments, "id", "name", "redirect", "organisation", "role", "public");
        var redirects = given
            .All("redirect")
            .Select(r => Uri.TryCreate(r, UriKind.Absolute, out var uri) ? uri : throw new CommandException($"'{r}' is not an address."))
            .ToList();
        var id = given.Needed("id");
        var answer = await sender.Send(
            new RegisterClient.Command(
                id,
                given.Optional("name") ?? id,
                redirects,
                given.Optional("organisation"),
                given.Optional("role"),
                given.Optional("public") == "true"
            ),
            ct
        );
        if (answer.Secret is not null)
            Console.WriteLine(answer.Secret);
        return 0;
    }
}
