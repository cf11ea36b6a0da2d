using System.Text.RegularExpressions;
using Parceo.Demo;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.EndToEnd.Tests;

/// <summary>
/// A page stays open while another tab of the same session works for another organisation. In a world of its own: where
/// somebody worked last is where their next session begins.
/// </summary>
[TestFixture]
public sealed class OtherTabTests : BrowserTest
{
    private static ParceoHost world = null!;

    private const string Page = "/soins-non-programmes/creneaux",
        Note = "Fauteuil roulant possible";

    [OneTimeSetUp]
    public async Task Begin() => world = await ParceoHost.Start(Engine.Sqlite, demo: true, at: Site.Host.Clock.GetUtcNow());

    [OneTimeTearDown]
    public Task End() => world.DisposeAsync().AsTask();

    [Test]
    public async Task A_page_of_another_organisation_says_so_writes_nothing_and_keeps_what_was_typed()
    {
        await using var desk = await Desk(scripts: true);
        var first = await desk.NewPageAsync();
        await Enter(first, DemoCast.Roche);
        await first.GotoAsync(Page);
        var stays = await Stays(first);
        await first.GetByLabel("Note aux régulateurs").FillAsync(Note);
        var (here, elsewhere) = await Switch(await desk.NewPageAsync());

        var notice = first.GetByRole(AriaRole.Alert).Filter(new() { HasText = "autre organisation" });
        await Expect(notice).ToBeVisibleAsync();
        var published = await Ranges(first);
        await first.GetByRole(AriaRole.Button, new() { Name = "Publier pour le SAS" }).ClickAsync();
        await Expect(first.GetByLabel("Note aux régulateurs")).ToHaveValueAsync(Note);
        Assert.That(await Ranges(first), Is.EqualTo(published), $"nothing of {here} is written while {elsewhere} is worked for");

        await notice.GetByRole(AriaRole.Button, new() { Name = $"Revenir à {here}" }).ClickAsync();
        await Expect(notice).ToHaveCountAsync(0);
        await Expect(first.GetByLabel("Note aux régulateurs")).ToHaveValueAsync(Note);
        await first.GetByRole(AriaRole.Button, new() { Name = "Publier pour le SAS" }).ClickAsync();
        await Expect(first.Locator("main").GetByText("Publié.")).ToBeVisibleAsync();
        await stays();
    }

    [Test]
    public async Task Without_scripts_the_form_is_refused_and_its_writer_finds_it_again()
    {
        await using var desk = await Desk(scripts: false);
        var first = await desk.NewPageAsync();
        await Enter(first, DemoCast.Roche);
        await first.GotoAsync("/compte");
        await first.GetByLabel("Prénom et nom").FillAsync("Amandine Roche-Viel");
        var (here, _) = await Switch(await desk.NewPageAsync());
        await first.GetByRole(AriaRole.Button, new() { Name = "Changer mon nom" }).ClickAsync();
        await Expect(first.GetByRole(AriaRole.Heading, new() { Name = "Rien n’a été enregistré" })).ToBeVisibleAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = $"Revenir à {here}" }).ClickAsync();
        await Expect(first.GetByText("Amandine Roche-Viel")).ToBeVisibleAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await first.WaitForURLAsync(new Regex("/compte$"));
        await Expect(first.GetByText("Nom changé.").First).ToBeVisibleAsync();
    }

    private static async Task<IBrowserContext> Desk(bool scripts)
    {
        var desk = await Site.Browser.NewContextAsync(
            new()
            {
                BaseURL = world.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
                Locale = "fr-FR",
                JavaScriptEnabled = scripts,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        desk.SetDefaultTimeout(30_000);
        return desk;
    }

    /// <summary>Works for the other organisation; the name of the one before, and of this one.</summary>
    private static async Task<(string Before, string After)> Switch(IPage second)
    {
        await second.GotoAsync("/compte");
        var choices = second.Locator("#p-organisations button");
        var before = (await choices.And(second.Locator("[aria-current=true]")).Locator(".grow").First.TextContentAsync())!;
        var other = choices.And(second.Locator(":not([aria-current=true])")).First;
        var after = (await other.Locator(".grow").TextContentAsync())!;
        await second.Locator("[popovertarget=p-organisations]").ClickAsync();
        await other.ClickAsync();
        await second.WaitForURLAsync(url => url.EndsWith("/compte", StringComparison.Ordinal));
        return (Name(before), Name(after));

        // « CPTS du Val » and, smaller, the role.
        static string Name(string text) =>
            DemoCast.Val.Name is var val && text.StartsWith(val, StringComparison.Ordinal) ? val : DemoCast.Tilleuls.Name;
    }

    private static async Task<int> Ranges(IPage page)
    {
        var answer = await page.APIRequest.GetAsync($"{Page}?vue=semaine");
        return Regex.Count(await answer.TextAsync(), "Fauteuil roulant");
    }
}
