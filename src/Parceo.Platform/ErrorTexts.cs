using System.Reflection;
using System.Text.Json;

namespace Parceo.Platform;

/// <summary>
/// The users' words for each error code. Every module embeds <c>errors.fr.json</c> (code → sentence); another
/// language is another file.
/// </summary>
public sealed class ErrorTexts
{
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    /// <summary>Takes the texts embedded in an assembly. A code said twice is a mistake and stops the start.</summary>
    public void Add(Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith("errors.fr.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (code, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                if (!texts.TryAdd(code, text))
                    throw new InvalidOperationException($"Error code '{code}' has two texts.");
            }
        }
    }

    /// <summary>The sentence for a code; the code itself when no file knows it (a test keeps that from happening).</summary>
    public string Of(string code) => texts.GetValueOrDefault(code, code);

    /// <summary>Whether a text exists for the code.</summary>
    public bool Knows(string code) => texts.ContainsKey(code);
}
