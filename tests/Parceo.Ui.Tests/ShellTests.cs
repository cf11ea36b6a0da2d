using System.Net;
using System.Text.RegularExpressions;

namespace Parceo.Ui.Tests;

[TestFixture]
public sealed partial class ShellTests
{
    private static readonly ShellModel Shell = new(
        "Dr Amandine Roche",
        "CPTS du Val",
        "Cabinet Roche, Metz",
        [
            new("Accueil", "home", "/", OnPhone: true),
            new("Créneaux", "stethoscope", "/creneaux", OnPhone: true),
            new("Agenda", "calendar", "/agenda"),
        ],
        [new(Guid.Empty, "CPTS du Val", "Effectrice", true)]
    )
    {
        SearchUrl = "/recherche",
    };

    [Test]
    public async Task A_page_holds_no_inline_script_style_or_handler()
    {
        await using var site = await Site.Start(Pages.Everything, Shell);
        var html = await site.Get();
        Assert.Multiple(() =>
        {
            Assert.That(InlineScript().Matches(html).Select(m => m.Value), Is.All.Contains("application/json"));
            Assert.That(html, Does.Not.Match(@"<style|\sstyle=|\son[a-z]+="""));
        });
    }

    [Test]
    public async Task The_current_place_is_the_longest_that_begins_the_address()
    {
        await using var site = await Site.Start(Pages.Everything, Shell);
        Assert.Multiple(async () =>
        {
            Assert.That(CurrentIn(await site.Get("/")), Is.EqualTo("/"));
            Assert.That(CurrentIn(await site.Get("/creneaux/semaine?le=24")), Is.EqualTo("/creneaux"));
            Assert.That(CurrentIn(await site.Get("/creneaux-anciens")), Is.Null);
        });
    }

    [Test]
    public async Task A_long_menu_keeps_its_last_place_on_the_rail_for_what_stands_under_Plus()
    {
        var many = Shell with
        {
            Rail =
            [
                .. Enumerable
                    .Range(1, 12)
                    .Select(n => new MenuItem($"Lieu {n}", "home", $"/lieu/{n}", n < 4, Group: n > 10 ? "Administration" : "")),
            ],
        };
        await using var site = await Site.Start(Pages.Everything, many);
        var html = await site.Get();
        var rail = html[html.IndexOf("p-rail", StringComparison.Ordinal)..html.IndexOf("</nav>", StringComparison.Ordinal)];
        var plus = html[html.IndexOf("id=\"p-plus\"", StringComparison.Ordinal)..];
        Assert.Multiple(() =>
        {
            Assert.That(rail, Does.Contain("/lieu/9\"").And.Not.Contain("/lieu/10\"").And.Contain("popovertarget=\"p-plus\""));
            Assert.That(plus, Does.Contain("/lieu/10\"").And.Contain("/lieu/12\"").And.Contain(">Administration<"));
        });
    }

    [Test]
    public async Task Signed_out_the_page_has_no_menu()
    {
        await using var site = await Site.Start(Pages.Everything);
        Assert.That(await site.Get(), Does.Not.Contain("p-rail").And.Contain("href=\"#contenu\""));
    }

    [Test]
    public async Task The_theme_chosen_is_written_by_the_server([Values("light", "dark")] string theme)
    {
        await using var site = await Site.Start(Pages.Everything, Shell);
        Assert.That(await site.Get(cookie: $"{Theme.Cookie}={theme}"), Does.Contain($"data-bs-theme=\"{theme}\""));
    }

    [Test]
    public async Task Without_a_choice_or_with_a_forged_one_the_system_decides()
    {
        await using var site = await Site.Start(Pages.Everything, Shell);
        Assert.That(await site.Get(), Does.Not.Contain("data-bs-theme"));
        Assert.That(await site.Get(cookie: $"{Theme.Cookie}=neon"), Does.Not.Contain("data-bs-theme"));
    }

    [Test]
    public async Task The_theme_form_needs_its_token()
    {
        await using var site = await Site.Start(Pages.Everything, Shell);
        using var body = new FormUrlEncodedContent(new Dictionary<string, string> { ["theme"] = "dark" });
        using var response = await site.Client.PostAsync(new Uri("/interface/theme", UriKind.Relative), body);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("/creneaux?le=24", "/creneaux?le=24")]
    [TestCase("//ailleurs.example", "/")]
    [TestCase("/\\ailleurs.example", "/")]
    [TestCase("https://ailleurs.example", "/")]
    public async Task The_theme_form_comes_back_to_this_site_only(string returnUrl, string expected)
    {
        await using var site = await Site.Start(Pages.Everything, Shell);
        var token = TokenField().Match(await site.Get()).Groups[1].Value;
        using var body = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["theme"] = "dark",
                ["returnUrl"] = returnUrl,
                ["__RequestVerificationToken"] = token,
            }
        );
        using var response = await site.Client.PostAsync(new Uri("/interface/theme", UriKind.Relative), body);
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(response.Headers.Location?.OriginalString, Is.EqualTo(expected));
            Assert.That(response.Headers.GetValues("Set-Cookie").Single(), Does.StartWith($"{Theme.Cookie}=dark;"));
        });
    }

    [Test]
    public async Task Every_control_is_named_and_tied_to_its_error()
    {
        await using var site = await Site.Start(Pages.Everything, Shell);
        var html = await site.Get();
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Contain("href=\"#Input-Motif\"").And.Contain("for=\"Input-Motif\""));
            Assert.That(html, Does.Match("id=\"Input-Motif\"[^>]*aria-describedby=\"Input-Motif-erreur Input-Motif-aide\""));
            Assert.That(html, Does.Match("<option value=\"v\" selected"));
            Assert.That(html, Does.Contain("name=\"PatientText\" value=\"Tom Bayer\"").And.Contain("name=\"Patient\" value=\"7\""));
        });
    }

    private static string? CurrentIn(string html) => CurrentLink().Match(html) is { Success: true } m ? m.Groups[1].Value : null;

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>")]
    private static partial Regex InlineScript();

    [GeneratedRegex("href=\"([^\"]*)\" aria-current=\"page\"")]
    private static partial Regex CurrentLink();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
