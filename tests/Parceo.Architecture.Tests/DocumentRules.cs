using System.Text.RegularExpressions;

namespace Parceo.Architecture.Tests;

/// <summary>What documents promise.</summary>
public sealed partial class DocumentRules
{
    [Test]
    public void Links_between_documents_lead_somewhere() =>
        Rule.Holds(
            "A relative link names a file of the repository.",
            from file in Documents()
            from Match link in RelativeLink().Matches(Repository.Read(file))
            let target = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, link.Groups["target"].Value))
            where !Path.Exists(target)
            select $"{file}: {link.Groups["target"].Value}"
        );

    [Test]
    public void Cited_requirements_exist()
    {
        var written = Documents()
            .Where(f => f.StartsWith("docs/requirements/", StringComparison.Ordinal))
            .SelectMany(f => Number().Matches(Repository.Read(f)).Select(m => m.Value))
            .ToHashSet();
        Rule.Holds(
            "A number in a comment, (S52), is explained in docs/requirements.",
            from file in Repository.Files
            where
                file.EndsWith(".cs", StringComparison.Ordinal)
                || file.EndsWith(".razor", StringComparison.Ordinal)
                || file.EndsWith(".ts", StringComparison.Ordinal)
            from Match citation in Citation().Matches(Repository.Read(file))
            from Match number in Number().Matches(citation.Value)
            where !written.Contains(number.Value)
            select $"{file}: {number.Value}"
        );
    }

    [Test]
    public void Every_decision_is_listed()
    {
        var list = Repository.Read("docs/decisions/README.md");
        Rule.Holds(
            "docs/decisions/README.md is the way in.",
            Documents().Where(f => Decision().IsMatch(f)).Where(f => !list.Contains($"({Path.GetFileName(f)})", StringComparison.Ordinal))
        );
    }

    [Test]
    public void The_glossary_names_what_exists()
    {
        var types = Assemblies
            .Modules.SelectMany(m => m.Types)
            .Concat(typeof(Parceo.Platform.HomePart).Assembly.GetTypes())
            .Select(t => t.Name)
            .ToHashSet();
        Rule.Holds(
            "docs/glossary.md: the code name is a type of a module or the platform; `Place` is a number, of a booking.",
            from Match term in Term().Matches(Repository.Read("docs/glossary.md"))
            let name = term.Groups["name"].Value
            where name != "Place" && !types.Contains(name)
            select name
        );
    }

    private static IEnumerable<string> Documents() => Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal));

    [GeneratedRegex(@"\]\((?![a-z]+:|#)(?<target>[^)#\s]+)")]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"\([SD]\d{1,2}(, [SD]\d{1,2})*\)")]
    private static partial Regex Citation();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Term();

    [GeneratedRegex(@"\b[SD]\d{1,2}\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"^docs/decisions/\d{4}-.*\.md$")]
    private static partial Regex Decision();
}
