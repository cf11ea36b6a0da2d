using Microsoft.Extensions.Configuration;
using Parceo.Access.Contracts;
using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Cli;
using Parceo.Platform.Web;

namespace Parceo.Access.Commands;

/// <summary>Invites the first administrator of an organisation (S11).</summary>
internal sealed class AdminCreate(ISender sender, IConfiguration configuration) : IParceoCommand
{
    public string Verb => "admin create";
    public string Usage => "--email EMAIL --name NAME [--organisation NAME] [--kind Community|AccessService|…] [--departements 57,54]";
    public string Summary =>
        "Prints a one-time invitation link (72 h) for an organisation's administrator; makes the organisation if it is new.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var given = new Arguments(arguments, "email", "name", "organisation", "kind", "departements");
        if (
            !Enum.TryParse<OrganisationKind>(given.Optional("kind") ?? nameof(OrganisationKind.Community), ignoreCase: true, out var kind)
            || !Enum.IsDefined(kind)
        )
            throw new CommandException($"--kind must be one of {string.Join(", ", Enum.GetNames<OrganisationKind>())}.");
        var answer = await sender.Send(
            new CreateAdministrator.Command(
                given.Needed("email"),
                given.Needed("name"),
                given.Optional("organisation") ?? "Parceo",
                kind,
                given.Optional("departements")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ),
            ct
        );
        Console.WriteLine(Links.To(configuration, $"invitation/{answer.Token}"));
        return 0;
    }
}

/// <summary>Full addresses for people outside a page.</summary>
internal static class Links
{
    /// <summary>Below <c>Parceo:PublicUrl</c>, or where the host of this data folder serves.</summary>
    public static string To(IConfiguration configuration, string path) => $"{ServedAddress.Of(configuration)}/{path}";

    /// <summary>The same for a page: without a configured address, where the page itself was asked for in development.</summary>
    public static string To(IConfiguration configuration, Microsoft.AspNetCore.Http.HttpRequest request, string path) =>
        configuration["Parceo:PublicUrl"] is { Length: > 0 } || !request.Host.Host.Equals("localhost", StringComparison.Ordinal)
            ? To(configuration, path)
            : $"{request.Scheme}://{request.Host}/{path}";
}
