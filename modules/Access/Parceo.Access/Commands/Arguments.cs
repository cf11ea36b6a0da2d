using Parceo.Platform.Cli;

namespace Parceo.Access.Commands;

/// <summary>Reads <c>--name value</c> pairs; an option may come several times.</summary>
internal sealed class Arguments
{
    private readonly ILookup<string, string> options;

    public Arguments(IReadOnlyList<string> arguments, params string[] known)
    {
        var pairs = new List<(string, string)>();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var name = arguments[i];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !known.Contains(name[2..]))
                throw new CommandException($"Unknown option '{name}'.");
            if (i + 1 == arguments.Count)
                throw new CommandException($"{name} needs a value.");
            pairs.Add((name[2..], arguments[i + 1]));
        }
        options = pairs.ToLookup(p => p.Item1, p => p.Item2);
    }

    public string Needed(string name) => options[name].LastOrDefault() ?? throw new CommandException($"--{name} is missing.");

    public string? Optional(string name) => options[name].LastOrDefault();

    public IReadOnlyList<string> All(string name) => [.. options[name]];
}
