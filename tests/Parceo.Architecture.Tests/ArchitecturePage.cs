using System.Text;

namespace Parceo.Architecture.Tests;

/// <summary>docs/architecture.md shows who asks whom, drawn from the project files: it stays true or this test says how to redraw it.</summary>
public sealed class ArchitecturePage
{
    private const string Page = "docs/architecture.md",
        Begin = "<!-- drawn by ArchitecturePage -->",
        End = "<!-- end -->";

    [Test]
    public void The_picture_of_the_modules_is_the_one_that_the_project_files_draw()
    {
        var text = Repository.Read(Page);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var picture = $"\n\n```mermaid\n{Picture()}```\n\n";
        if (Environment.GetEnvironmentVariable("PARCEO_REDRAW") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, Page), text[..from] + picture + text[to..]);
        else
            Assert.That(text[from..to], Is.EqualTo(picture), $"PARCEO_REDRAW=1 and this test once more write it into {Page}.");
    }

    [Test]
    public void The_readme_lists_every_module() =>
        Rule.Holds(
            "README.md's table leads a newcomer to each module.",
            Repository.Modules.Where(m => !Repository.Read("README.md").Contains($"(modules/{m}/README.md)", StringComparison.Ordinal))
        );

    private static string Picture()
    {
        var picture = new StringBuilder("graph LR\n");
        foreach (var module in Folders())
            picture.Append("    ").Append(module).Append('\n');
        foreach (
            var (asker, asked) in from project in Repository.Projects
            where project.Kind == ProjectKind.Module
            from reference in project.References
            where reference.EndsWith(".Contracts", StringComparison.Ordinal)
            let asked = reference["Parceo.".Length..^".Contracts".Length]
            where asked != project.Module
            orderby project.Module, asked
            select (project.Module, asked)
        )
            picture.Append("    ").Append(asker).Append(" --> ").Append(asked).Append('\n');
        return picture.ToString();
    }

    private static IEnumerable<string> Folders() =>
        Repository.Projects.Select(p => p.Module).OfType<string>().Distinct().Order(StringComparer.Ordinal);
}
