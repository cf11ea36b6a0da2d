using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Cli;

namespace Parceo.Messaging.Commands;

/// <summary>Says how much retention would remove now, and removes nothing.</summary>
internal sealed class MessagesExpired(ISender sender) : IParceoCommand
{
    public string Verb => "messages expired";
    public string Usage => "";
    public string Summary => "Counts the messages and files that were kept long enough and go with the next nightly run; removes nothing.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var found = await sender.Send(new CountExpired.Query(), ct);
        Console.WriteLine($"{found.Conversations} conversations, {found.Entries} entries, {found.Files} files.");
        return 0;
    }
}
