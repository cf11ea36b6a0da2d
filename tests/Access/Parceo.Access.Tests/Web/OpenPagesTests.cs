using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Parceo.Demo;
using Parceo.Platform.Data;
using Parceo.Platform.Web;

namespace Parceo.Access.Tests.Web;

/// <summary>A page that stays open while the session, or what the page shows, changes elsewhere.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed partial class OpenPagesTests(Engine engine)
{
    private ParceoHost host = null!;
    private SignedIn people = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        people = new SignedIn(
            host = await ParceoHost.Start(
                engine,
                demo: true,
                settings: new Dictionary<string, string?> { ["Access:SignInsPerMinute"] = "100000" }
            )
        );

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task A_form_opened_for_one_organisation_is_not_written_to_another()
    {
        using var browser = await Signed();
        var (page, before, after) = await SwitchedElsewhere(browser);

        var answer = await browser.PostRaw("/compte", [("_handler", "name"), .. Browser.SealOf(page), ("Name", "Amandine Ailleurs")]);
        var said = await Text(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(said, Does.Contain("Rien n’a été enregistré").And.Contain(before.Name).And.Contain(after.Name));
        });
        Assert.That(await NameNow(), Is.EqualTo(DemoCast.Roche.Name), "nothing is written");

        // What was typed waits; under the other organisation it can be read, not sent.
        var waiting = await Text(await browser.Get("/reprendre"));
        Assert.That(waiting, Does.Contain("Amandine Ailleurs").And.Contain($"Revenir à {before.Name}").And.Not.Contain(">Envoyer<"));
        var back = await browser.PostRaw(
            "/organisation",
            [.. Browser.SealOf(waiting), ("organisation", before.Id.ToString()), ("returnUrl", "/reprendre")]
        );
        Assert.That(back.Headers.Location?.OriginalString, Is.EqualTo("/reprendre"));
        var resumed = await Text(await browser.Get("/reprendre"));
        var sent = await browser.PostRaw("/compte", [.. Browser.SealOf(OnlyMain(resumed)), ("_handler", "name"), ("Name", "Amandine Ici")]);
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await NameNow(), Is.EqualTo("Amandine Ici"));
        await browser.PostRaw("/compte", [.. Browser.SealOf(page), ("_handler", "name"), ("Name", DemoCast.Roche.Name), ("Title", "Dr")]);
    }

    [Test]
    public async Task A_form_without_its_organisation_is_refused()
    {
        using var browser = await Signed();
        var page = await Text(await browser.Get("/compte"));
        var answer = await browser.PostRaw(
            "/compte",
            [("_handler", "name"), ("__RequestVerificationToken", Browser.TokenOf(page)), ("Name", "Amandine Ailleurs")]
        );
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await NameNow(), Is.EqualTo(DemoCast.Roche.Name));
    }

    [TestCase("GET", "/compte")]
    [TestCase("GET", "/api/access/me")]
    [TestCase("POST", "/compte")]
    [TestCase("POST", "/api/slots/ranges")]
    [TestCase("POST", "/hubs/slots/negotiate?negotiateVersion=1")]
    public async Task What_a_script_asks_for_one_organisation_is_not_answered_for_another(string method, string path)
    {
        using var browser = await Signed();
        var (_, before, after) = await SwitchedElsewhere(browser);
        async Task<HttpResponseMessage> Ask(Guid organisation)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method == "POST")
                request.Content = new StringContent("{}", null, "application/json");
            request.Headers.Add(PageOrganisation.Header, organisation.ToString());
            return await browser.Send(request);
        }
        var refused = await Ask(before.Id);
        Assert.Multiple(async () =>
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(refused.Headers.Contains(PageOrganisation.Header), "so that the page can tell it from another conflict");
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("organisation_changed"));
            Assert.That((await Ask(after.Id)).StatusCode, Is.Not.EqualTo(HttpStatusCode.Conflict));
        });
    }

    /// <summary>Forms that stand inside conditions: what they were about went meanwhile.</summary>
    [TestCase("/compte", "remove-totp")]
    [TestCase("/compte", "revoke-0190c0de-0000-7000-8000-000000000000")]
    [TestCase("/compte?onglet=1&depuis=changee", "remove-totp")]
    [TestCase("/confirmer?retour=%2Fcompte", "passkey")]
    public async Task A_form_that_its_page_no_longer_shows_leads_back_to_the_page_which_says_so(string path, string form)
    {
        using var browser = await Signed();
        var page = await Text(await browser.Get(path));
        Assume.That(page, Does.Not.Contain($"value=\"{form}\""));
        var answer = await browser.PostRaw(path, [("_handler", form), .. Browser.SealOf(page)]);
        var back = path.Replace("&depuis=changee", "", StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
            Assert.That(
                answer.Headers.Location?.OriginalString,
                Is.EqualTo(back + (back.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "depuis=changee")
            );
        });
        Assert.That(await Text(await browser.Get(answer.Headers.Location!.OriginalString)), Does.Contain("rien n’a été enregistré"));
    }

    private async Task<Browser> Signed()
    {
        var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Roche.Id.ToString()));
        return browser;
    }

    /// <summary>« Mon compte » as it was opened for one organisation, in a session that now works for another.</summary>
    private static async Task<(string Page, Place Before, Place After)> SwitchedElsewhere(Browser browser)
    {
        using var me = JsonDocument.Parse(await Text(await browser.Get("/api/access/me")));
        var before = me.RootElement.GetProperty("organisation").Deserialize<Place>(JsonSerializerOptions.Web)!;
        var after = me
            .RootElement.GetProperty("organisations")
            .EnumerateArray()
            .Select(o => o.Deserialize<Place>(JsonSerializerOptions.Web)!)
            .First(o => o.Id != before.Id);
        var page = await Text(await browser.Get("/compte"));
        var switched = await browser.PostRaw("/organisation", [.. Browser.SealOf(page), ("organisation", after.Id.ToString())]);
        Assert.That(switched.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        return (page, before, after);
    }

    private Task<string> NameNow() => people.Db(db => db.People.Where(p => p.Id == DemoCast.Roche.Id).Select(p => p.Name).SingleAsync());

    private static async Task<string> Text(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private static string OnlyMain(string html) => MainPart().Match(html).Value;

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex MainPart();

    private sealed record Place(Guid Id, string Name);
}
