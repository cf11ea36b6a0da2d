using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Platform.Data;
using Parceo.Platform.Web;

namespace Parceo.Access.Tests.Web;

[TestFixtureSource(typeof(Engines))]
public sealed class PagesTests(Engine engine)
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
    public async Task S8_the_cookie_is_host_only_and_out_of_scripts_reach()
    {
        using var browser = new Browser(host);
        var answer = await browser.Post("/connexion", "demo", ("Person", DemoCast.Prat.Id.ToString()));
        var cookie = answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("__Host-parceo=", StringComparison.Ordinal))
            .ToLowerInvariant();
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(
                cookie,
                Does.Contain("secure").And.Contain("httponly").And.Contain("samesite=lax").And.Contain("path=/").And.Not.Contain("domain=")
            );
        });
        var me = await browser.Get("/api/access/me");
        Assert.That(me.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(me.Headers.CacheControl?.NoStore, Is.True, "S39");
    }

    [TestCase("/compte")]
    [TestCase("/compte/second-facteur")]
    [TestCase("/administration/personnes")]
    [TestCase("/administration/organisations")]
    [TestCase("/administration")]
    [TestCase("/administration/invitations")]
    [TestCase("/administration/invitations?par=annuaire&q=infirmi%C3%A8re&commune=Metz")]
    [TestCase("/administration/integrations")]
    public async Task Pages_stand_in_the_shell_on_every_engine(string path)
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Sellami.Id.ToString()));
        var answer = await browser.Get(path);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Does.Contain("p-shell").And.Contain("CPTS du Val"));
    }

    [Test]
    public async Task Whoever_is_signed_in_is_led_on_at_once_on_every_engine()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Sellami.Id.ToString()));
        Assert.That((await browser.Get("/connexion")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task S39_S40_leaving_ends_the_session_on_the_server()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Aubry.Id.ToString()));
        var stolen = new Dictionary<string, string>(browser.Cookies);
        var answer = await browser.PostRaw("/deconnexion", await Fields(browser, "/compte"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
        Assert.Multiple(() =>
        {
            Assert.That(answer.Headers.GetValues("Clear-Site-Data").Single(), Does.Contain("storage"));
            Assert.That(browser.Cookies, Does.Not.ContainKey("__Host-parceo"));
        });
        using var thief = new Browser(host);
        foreach (var (name, value) in stolen)
            thief.Cookies[name] = value;
        Assert.That((await thief.Get("/api/access/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task S40_forms_need_their_token_and_our_own_origin()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Caron.Id.ToString()));
        Assert.That((await browser.PostRaw("/deconnexion", [])).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(
            (await browser.PostRaw("/deconnexion", await Fields(browser, "/compte"), origin: "https://ailleurs.fr")).StatusCode,
            Is.EqualTo(HttpStatusCode.Forbidden)
        );
        Assert.That(
            (await browser.PostRaw("/deconnexion", await Fields(browser, "/compte"), origin: "null")).StatusCode,
            Is.EqualTo(HttpStatusCode.Forbidden),
            "a sandboxed frame says null too"
        );
        Assert.That(
            (
                await browser.PostRaw(
                    "/compte",
                    [("_handler", "name"), ("Name", "Pirate"), (PageOrganisation.Field, DemoCast.Val.Id.ToString())]
                )
            ).StatusCode,
            Is.EqualTo(HttpStatusCode.BadRequest)
        );
        var api = await browser.Send(
            new HttpRequestMessage(HttpMethod.Post, "/api/access/organisation")
            {
                Content = new StringContent($"{{\"organisationId\":\"{DemoCast.Val.Id}\"}}", null, "application/json"),
            }
        );
        Assert.That(api.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "no X-Parceo header");
        Assert.That((await browser.Get("/api/access/me")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "still signed in");
    }

    [Test]
    public async Task S5_wrong_unknown_and_closed_are_one_answer()
    {
        var (email, _) = await people.Administrator();
        var wrong = await Answer(email);
        var unknown = await Answer("personne@exemple.fr");
        for (var i = 0; i < 9; i++)
        {
            // Past the short delays, up to the lock of a quarter of an hour.
            host.Clock.Advance(TimeSpan.FromSeconds(65));
            await people.SignIn(email, "pas le bon mot de passe");
        }
        var closed = await Answer(email, SignedIn.Password);

        Assert.Multiple(() =>
        {
            Assert.That(unknown, Is.EqualTo(wrong));
            Assert.That(closed, Is.EqualTo(wrong));
        });

        async Task<(HttpStatusCode, string, string)> Answer(string address, string password = "pas le bon mot de passe")
        {
            using var browser = new Browser(host);
            var answer = await browser.Post("/connexion", "password", ("Email", address), ("Password", password));
            return (
                answer.StatusCode,
                Browser.Stable(await answer.Content.ReadAsStringAsync()).Replace(address, "", StringComparison.Ordinal),
                string.Join(' ', browser.Cookies.Keys)
            );
        }
    }

    [Test]
    public async Task S5_asking_for_a_link_tells_nothing()
    {
        var (email, _) = await people.Administrator();
        var answers = new List<string>();
        foreach (var address in new[] { email, "personne@exemple.fr" })
        {
            using var browser = new Browser(host);
            var answer = await browser.Post("/mot-de-passe-oublie", "ask", ("Email", address));
            answers.Add($"{answer.StatusCode} {Browser.Stable(await answer.Content.ReadAsStringAsync())}");
        }
        Assert.That(answers[1], Is.EqualTo(answers[0]));
    }

    [Test]
    public async Task S3_whoever_needs_a_second_factor_is_led_to_it_first()
    {
        var (email, _) = await people.Administrator();
        using var browser = new Browser(host);
        var signedIn = await browser.Post("/connexion", "password", ("Email", email), ("Password", SignedIn.Password));
        Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var page = await browser.Get("/administration/personnes");
        Assert.That(page.Headers.Location?.OriginalString, Is.EqualTo("/compte/second-facteur"));
        // The home is anybody's page: it leads on to a place that is not, instead of saying that there is nothing to treat.
        var home = (await browser.Get("/")).Headers.Location?.OriginalString;
        Assert.That(home, Is.Not.Null);
        Assert.That((await browser.Get(home!)).Headers.Location?.OriginalString, Is.EqualTo("/compte/second-facteur"));
        Assert.That((await browser.Get("/compte/second-facteur")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("/compte")]
    [TestCase("/administration/personnes")]
    [TestCase("/administration/organisations")]
    public async Task S1_pages_send_strangers_to_the_door_and_back(string path)
    {
        using var browser = new Browser(host);
        var answer = await browser.Get(path);
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo($"/connexion?retour={Uri.EscapeDataString(path)}"));
    }

    [TestCase("/api/access/me")]
    [TestCase("/api/access/sessions")]
    [TestCase("/api/access/people")]
    [TestCase("/api/access/nulle-part")]
    public async Task S1_S65_programs_get_a_plain_answer(string path)
    {
        using var client = host.Client();
        var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(path.EndsWith("nulle-part", StringComparison.Ordinal) ? 404 : 401));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(problem.RootElement.TryGetProperty("traceId", out _), Is.True);
        });
    }

    [TestCase(false, TestName = "Nobody_enters_as_a_demo_person_where_the_demonstration_is_not_built_in")]
    [TestCase(true, TestName = "Nobody_enters_as_a_demo_person_where_the_demonstration_is_built_in_but_not_wanted")]
    public async Task Real(bool builtIn)
    {
        await using var real = await ParceoHost.Start(
            engine,
            demo: builtIn,
            settings: new Dictionary<string, string?> { ["Parceo:Demo"] = "false" }
        );
        using var browser = new Browser(real);
        Assert.That(await (await browser.Get("/connexion")).Content.ReadAsStringAsync(), Does.Not.Contain("Nadia"));
        var answer = await browser.Post("/connexion", "demo", ("Person", DemoCast.Prat.Id.ToString()));
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/connexion?depuis=changee"), "the page has no such form");
        Assert.That(browser.Cookies, Does.Not.ContainKey(ParceoClaims.CookieName));
        Assert.That(() => new SignedIn(real).Demo(DemoCast.Prat), Throws.InvalidOperationException, "the request has no handler");
    }

    [TestCase("Production", "true", ExpectedResult = false)]
    [TestCase("Development", "false", ExpectedResult = false)]
    [TestCase("Development", "true", ExpectedResult = true)]
    public bool One_click_is_offered_in_Development_with_the_demo_world_only(string environment, string wanted)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration["Parceo:Demo"] = wanted;
        DemoWorld.Add(builder);
        return builder.Services.Any(s => s.ServiceType == typeof(OtherSignIn));
    }

    [Test]
    public async Task One_click_is_for_the_cast_only()
    {
        var (email, _) = await new SignedIn(host).Administrator();
        var real = await host.With<AccessDb, Guid>(db => db.People.Where(p => p.Email == email).Select(p => p.Id).SingleAsync());
        Assert.That(
            (await Expect.Refused(() => new SignedIn(host).Anonymously(new SignInAsDemo.Command(real)))).Code,
            Is.EqualTo("person_unknown")
        );
    }

    [Test]
    public async Task S49_one_address_may_not_try_without_end()
    {
        await using var strict = await ParceoHost.Start(
            engine,
            settings: new Dictionary<string, string?> { ["Access:SignInsPerMinute"] = "3" }
        );
        using var browser = new Browser(strict);
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
            statuses.Add((int)(await browser.Post("/connexion", "password", ("Email", "a@exemple.fr"), ("Password", "x"))).StatusCode);
        Assert.That(statuses, Is.EqualTo(new[] { 200, 200, 200, 429, 429 }));
    }

    [Test]
    public async Task A_registered_program_works_by_itself_within_its_role()
    {
        var secret = (
            await host.SendAsSystem(
                new RegisterClient.Command($"essai-{Guid.CreateVersion7():n}"[..30], "Essai", [], DemoCast.Sas.Name, Roles.Regulator, false)
            )
        ).Secret!;
        using var client = host.Client();
        async Task<HttpResponseMessage> Ask(string id, string key) =>
            await client.PostAsync(
                new Uri("/connect/token", UriKind.Relative),
                new FormUrlEncodedContent([
                    new("grant_type", "client_credentials"),
                    new("client_id", id),
                    new("client_secret", key),
                    new("scope", "parceo"),
                ])
            );

        var id = await people.Db(db =>
            Task.FromResult(
                db.Set<OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreApplication<Guid>>()
                    .OrderByDescending(a => a.ClientId)
                    .First(a => a.ClientId!.StartsWith("essai-"))
                    .ClientId!
            )
        );
        using var answer = JsonDocument.Parse(await (await Ask(id, secret)).Content.ReadAsStringAsync());
        Assert.That((int)(await Ask(id, "faux")).StatusCode, Is.EqualTo(401));

        using var program = host.Client(answer.RootElement.GetProperty("access_token").GetString());
        var me = await program.GetStringAsync(new Uri("/api/access/me", UriKind.Relative));
        Assert.That(me, Does.Contain("slots.search").And.Contain(DemoCast.Sas.Id.ToString()));
    }

    [Test]
    public async Task S8_a_page_that_looks_again_by_itself_keeps_no_session_alive()
    {
        using var browser = new Browser(host);
        async Task<HttpStatusCode> Look(string path, bool live, HttpMethod? method = null) =>
            (await browser.Send(Asking(path, live, method))).StatusCode;
        foreach (
            var (live, method, alive) in new[]
            {
                (false, HttpMethod.Get, true),
                (true, HttpMethod.Post, true),
                (true, HttpMethod.Get, false),
            }
        )
        {
            browser.Cookies.Clear();
            await browser.Post("/connexion", "demo", ("Person", DemoCast.Prat.Id.ToString()));
            host.Clock.Advance(TimeSpan.FromMinutes(20));
            await Look("/api/access/me", live, method); // as a post it is refused, but somebody was there
            host.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.That(
                await Look("/api/access/me", live: true),
                Is.EqualTo(alive ? HttpStatusCode.OK : HttpStatusCode.Unauthorized),
                $"live {live}, {method}"
            );
        }
    }

    [Test]
    public async Task S8_S31_live_refreshes_of_one_view_are_traced_once_in_ten_minutes_and_people_always()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Viel.Id.ToString()));
        async Task<int> Rows(string path, bool live)
        {
            Assert.That((await browser.Send(Asking(path, live))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            return await people.Db(db =>
                db.Set<Platform.Audit.AuditRow>().CountAsync(a => a.ActorId == DemoCast.Viel.Id && a.Action == "ListBookings")
            );
        }

        var first = await Rows("/api/slots/bookings?limit=5", live: true);
        Assert.That(first, Is.EqualTo(1), "the first look is traced, live or not");
        Assert.That(await Rows("/api/slots/bookings?limit=5", live: true), Is.EqualTo(1), "the same view again");
        Assert.That(await Rows("/api/slots/bookings?limit=6", live: true), Is.EqualTo(2), "another view");
        Assert.That(await Rows("/api/slots/bookings?limit=5", live: false), Is.EqualTo(3), "somebody asks");
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.That(await Rows("/api/slots/bookings?limit=5", live: true), Is.EqualTo(4), "ten minutes later");
        browser.Cookies.Clear();
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Viel.Id.ToString()));
        Assert.That(await Rows("/api/slots/bookings?limit=5", live: true), Is.EqualTo(5), "another session");
    }

    private static HttpRequestMessage Asking(string path, bool live, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (live)
            request.Headers.Add("X-Parceo-Live", "1");
        return request;
    }

    [TestCase("/connexion", "password", "Email")]
    [TestCase("/connexion", "password", "Password")]
    [TestCase("/mot-de-passe-oublie", "ask", "Email")]
    public async Task S36_what_no_database_keeps_is_refused_in_a_clear_sentence(string path, string form, string field)
    {
        foreach (var text in new[] { "a\0b", "a\u0007b", "a\u0085b" })
        {
            using var browser = new Browser(host);
            var answer = await browser.Post(path, form, (field, text));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("caractère invisible"));
        }
    }

    [Test]
    public async Task S36_every_form_of_a_signed_in_person_refuses_it_too()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Sellami.Id.ToString()));
        foreach (
            var (path, form, field) in new[]
            {
                ("/compte", "name", "Name"),
                ("/compte", "token", "TokenName"),
                ("/administration/invitations", "invite", "People"),
            }
        )
        {
            var answer = await browser.Post(path, form, (field, "a\0b"));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), $"{path} {form}");
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("caractère invisible"), $"{path} {form}");
        }
    }

    [Test]
    public async Task S40_a_cookie_counts_beside_an_authorization_header_too()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Roche.Id.ToString()));
        var forged = new HttpRequestMessage(HttpMethod.Post, "/api/access/organisation")
        {
            Content = new StringContent($"{{\"organisationId\":\"{DemoCast.Tilleuls.Id}\"}}", null, "application/json"),
        };
        forged.Headers.TryAddWithoutValidation("Authorization", "Basic eDp5");
        forged.Headers.Add("Origin", "https://ailleurs.fr");
        Assert.That((await browser.Send(forged)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await (await browser.Get("/api/access/me")).Content.ReadAsStringAsync(), Does.Contain($"\"id\":\"{DemoCast.Val.Id}\""));
    }

    [Test]
    public async Task An_invitation_is_accepted_on_one_page_with_one_password()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var email = $"p{Guid.CreateVersion7():n}@exemple.fr";
        var token = (await people.As(karim, new InvitePerson.Command(email, "Ada Min", Roles.Professional))).Token;
        using var browser = new Browser(host);
        var answer = await browser.Post($"/invitation/{token}", "accept", ("Name", "Ada Min"), ("Password", SignedIn.Password));
        Assert.That(answer.Headers.Location?.OriginalString, Does.EndWith("/"));
        Assert.That(await (await browser.Get("/api/access/me")).Content.ReadAsStringAsync(), Does.Contain("Ada Min"));
    }

    [Test]
    public async Task A_link_that_is_worth_nothing_any_more_says_so_and_whom_to_ask_and_nothing_of_whom_it_was_for()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var email = $"p{Guid.CreateVersion7():n}@exemple.fr";
        var token = (await people.As(karim, new InvitePerson.Command(email, "Ada Min", Roles.Treasurer))).Token;
        var id = (await people.As(karim, new ListPendingInvitations.Query())).Single(i => i.Email == email).Id;
        await people.As(karim, new WithdrawInvitation.Command(id));
        using var browser = new Browser(host);
        foreach (var link in new[] { token, "jamais-donne" })
        {
            var answer = await browser.Get($"/invitation/{link}");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That(
                await answer.Content.ReadAsStringAsync(),
                Does.Contain("Cette invitation ne vaut plus")
                    .And.Contain("demandez-en une nouvelle")
                    .And.Not.Contain("Ada Min")
                    .And.Not.Contain(email)
                    .And.Not.Contain(DemoCast.Val.Name)
            );
        }
    }

    [Test]
    public async Task S5_S6_An_invitation_for_an_account_that_was_there_writes_nothing_and_leads_to_its_door()
    {
        var (email, _) = await people.Administrator();
        var karim = await people.Demo(DemoCast.Sellami);
        var token = (await people.As(karim, new InvitePerson.Command(email, "Ada Min", Roles.Professional))).Token;
        using var browser = new Browser(host);
        var answer = await browser.Post(
            $"/invitation/{token}",
            "accept",
            ("Name", "Ada Min"),
            ("Password", "un autre mot de passe bien long")
        );
        Assert.That(answer.Headers.Location?.OriginalString, Does.Contain("/connexion?retour="));
        Assert.That((await browser.Get("/api/access/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await people.SignIn(email)).SessionId, Is.Not.Null, "the password is the one it was");
    }

    [Test]
    public async Task S10_What_was_typed_comes_back_after_the_proof()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Sellami.Id.ToString()));
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        var answer = await browser.Post(
            "/administration/invitations",
            "invite",
            ("People", "ada@exemple.fr;Ada Min"),
            ("Role", Roles.Professional)
        );
        Assert.That(answer.Headers.Location?.OriginalString, Does.EndWith($"/confirmer?retour={Uri.EscapeDataString("/reprendre")}"));
        Assert.That(
            await (await browser.Get("/reprendre")).Content.ReadAsStringAsync(),
            Does.Contain("ada@exemple.fr;Ada Min")
                .And.Contain("<dt>Personnes à inviter</dt>")
                .And.Contain(">Professionnel de santé</dd>")
                .And.Contain("Les fichiers joints sont à choisir de nouveau")
        );
    }

    private static async Task<(string, string)[]> Fields(Browser browser, string path)
    {
        var answer = await browser.Get(path);
        var page = await answer.Content.ReadAsStringAsync();
        var token = Browser.TokenOf(page);
        Assert.That(
            token,
            Is.Not.Empty,
            $"{path} answered {(int)answer.StatusCode} {answer.Headers.Location}: {page[..Math.Min(page.Length, 600)]}"
        );
        return Browser.SealOf(page);
    }
}
