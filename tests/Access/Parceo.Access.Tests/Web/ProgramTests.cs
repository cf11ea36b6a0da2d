using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Web;

/// <summary>A person signs in to a program with OpenID Connect, over the real endpoints, until something ends it.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed partial class ProgramTests(Engine engine)
{
    private const string Redirect = "https://appli.exemple.fr/retour";
    private static readonly string Verifier = Base64Url.EncodeToString(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());
    private readonly string program = $"appli-{Guid.CreateVersion7():n}"[..30];
    private ParceoHost host = null!;
    private SignedIn people = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        people = new SignedIn(
            host = await ParceoHost.Start(
                engine,
                demo: true,
                settings: new Dictionary<string, string?> { ["Access:SignInsPerMinute"] = "100000" }
            )
        );
        await host.SendAsSystem(new RegisterClient.Command(program, "Appli", [new Uri(Redirect)], null, null, true));
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task A_code_with_its_verifier_gives_tokens_that_refresh_and_everything_is_traced()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Prat.Id.ToString()));
        var before = await Trail();

        Assert.That(
            (await Redeem(await Code(browser), "pas le bon vérificateur du tout, mais assez long")).Error,
            Is.EqualTo("invalid_grant")
        );
        var tokens = await Redeem(await Code(browser), Verifier);
        Assert.That(await Me(tokens.Access), Is.EqualTo(HttpStatusCode.OK));
        var fresh = await Refresh(tokens.Refresh);
        Assert.That(await Me(fresh.Access), Is.EqualTo(HttpStatusCode.OK));

        Assert.That(
            (await Trail()).Skip(before.Count).Select(r => (r.Action, r.Outcome)),
            Is.EqualTo(
                new[]
                {
                    ("AuthorizeClient", "ok"),
                    ("ExchangeToken", "invalid_grant"),
                    ("AuthorizeClient", "ok"),
                    ("ExchangeToken", "ok"),
                    ("ExchangeToken", "ok"),
                }
            )
        );
    }

    [Test]
    public async Task A_code_asked_for_without_a_challenge_is_refused()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Prat.Id.ToString()));
        var answer = await browser.Get(
            QueryHelpers.AddQueryString(
                "/connect/authorize",
                new Dictionary<string, string?>
                {
                    ["client_id"] = program,
                    ["response_type"] = "code",
                    ["redirect_uri"] = Redirect,
                    ["scope"] = "openid",
                }
            )
        );
        Assert.That((answer.StatusCode, answer.Headers.Location), Is.EqualTo((HttpStatusCode.BadRequest, (Uri?)null)));
    }

    [TestCase("password"), TestCase("factor")]
    public async Task S9_a_new_password_or_factor_ends_programs_and_tokens(string change)
    {
        var (email, _) = await people.Administrator();
        var (secret, session, _) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        host.Clock.Advance(TimeSpan.FromSeconds(30)); // each code is accepted once
        using var browser = new Browser(host);
        await SignIn(browser, email, people.Code(secret));
        var tokens = await Redeem(await Code(browser), Verifier);
        var personal = (await host.SendAsSystem(new IssueToken.Command(email, "essai", 2, [], null))).Token;
        Assert.That((await Me(tokens.Access), await Me(personal)), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));

        if (change == "password")
            await people.As(session, new ChangePassword.Command(SignedIn.Password, "une tout autre phrase de passe"));
        else
            await people.Enrol(session);

        Assert.That((await Me(tokens.Access), await Me(personal)), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)));
        Assert.That((await Refresh(tokens.Refresh)).Error, Is.EqualTo("invalid_grant"));
        Assert.That(
            (await browser.Get("/api/access/me")).StatusCode,
            Is.EqualTo(HttpStatusCode.Unauthorized),
            "the other session ended too"
        );
    }

    [Test]
    public async Task S25_an_administrator_registers_a_program_of_their_organisation_and_stops_it()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var made = await people.As(karim, new RegisterProgram.Command(" Agenda du cabinet ", Roles.Effector));
        var token = await ByItself(made.ClientId, made.Secret);
        Assert.That(await Me(token), Is.EqualTo(HttpStatusCode.OK));
        var row = (await people.As(karim, new ListIntegrations.Query())).Single(c => c.Name == "Agenda du cabinet");
        Assert.That((row.Role, row.IsDisabled), Is.EqualTo((Roles.Effector, false)));
        await Expect.Eventually(
            async () =>
                await host.Send(
                    new TestUser(DemoCast.Caron.Id, DemoCast.Val.Id, Roles.PrivacyOfficer),
                    new Notifications.Contracts.CountNotices(row.Id)
                ) == 1,
            TimeSpan.FromSeconds(30),
            "whoever watches over the rights to be told"
        );

        var olivier = await people.Demo(DemoCast.Tran);
        Assert.That(
            (await Expect.Refused(() => people.As(olivier, new StopProgram.Command(row.Id)))).Status,
            Is.EqualTo(404),
            "another organisation's"
        );
        await people.As(karim, new StopProgram.Command(row.Id));
        Assert.That(await Me(token), Is.EqualTo(HttpStatusCode.Unauthorized), "at once");
        Assert.That((await people.As(karim, new ListIntegrations.Query())).Single(c => c.Id == row.Id).IsDisabled, Is.True);

        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.That(
            (await Expect.Refused(() => people.As(karim, new RegisterProgram.Command("Un autre", Roles.Effector)))).Code,
            Is.EqualTo("step_up_needed")
        );
    }

    [TestCase("", Roles.Effector, "program_name_invalid")]
    [TestCase("Un nom", Roles.Administrator, "program_role_invalid")]
    [TestCase("Un nom", Roles.PrivacyOfficer, "program_role_invalid")]
    [TestCase("Un nom", Roles.Delegate, "program_role_invalid")]
    [TestCase("Un nom", "roi", "program_role_invalid")]
    [TestCase("Un nom", Roles.Regulator, "role_elsewhere")]
    public async Task S25_what_no_program_may_be(string name, string role, string code)
    {
        var refused = await Expect.Refused(async () =>
            await people.As(await people.Demo(DemoCast.Sellami), new RegisterProgram.Command(name, role))
        );
        Assert.That(
            refused is Parceo.Platform.InvalidException i ? i.Errors.Values.SelectMany(e => e) : [refused.Code],
            Does.Contain(code)
        );
    }

    private async Task<string> ByItself(string clientId, string secret)
    {
        using var client = host.Client();
        var answer = await client.PostAsync(
            new Uri("/connect/token", UriKind.Relative),
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = clientId,
                    ["client_secret"] = secret,
                    ["scope"] = "parceo",
                }
            )
        );
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()!;
    }

    [Test]
    public async Task S9_leaving_a_browser_ends_what_it_gave_to_programs_and_no_other()
    {
        using var left = new Browser(host);
        await left.Post("/connexion", "demo", ("Person", DemoCast.Prat.Id.ToString()));
        using var kept = new Browser(host);
        await kept.Post("/connexion", "demo", ("Person", DemoCast.Prat.Id.ToString()));
        var (gone, stays) = (await Redeem(await Code(left), Verifier), await Redeem(await Code(kept), Verifier));
        Assert.That((await Me(gone.Access), await Me(stays.Access)), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));

        var page = await (await left.Get("/compte")).Content.ReadAsStringAsync();
        await left.PostRaw("/deconnexion", [("__RequestVerificationToken", Browser.TokenOf(page))]);
        Assert.That((await Me(gone.Access), await Me(stays.Access)), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.OK)));
        Assert.That((await Refresh(gone.Refresh)).Error, Is.EqualTo("invalid_grant"));
    }

    [Test]
    public async Task S9_a_program_is_listed_in_ones_account_and_its_access_is_taken_back_there()
    {
        var (email, _) = await people.Administrator();
        var (secret, session, _) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        host.Clock.Advance(TimeSpan.FromSeconds(30)); // each code is accepted once
        using var browser = new Browser(host);
        await SignIn(browser, email, people.Code(secret));
        var tokens = await Redeem(await Code(browser), Verifier);
        var mine = (await people.As(session, new ListAuthorizations.Query())).Programs.Single();
        Assert.That((mine.Name, mine.Count), Is.EqualTo(("Appli", 1)));
        Assert.That(await (await browser.Get("/compte")).Content.ReadAsStringAsync(), Does.Contain("Retirer l’accès"));

        await people.As(session, new RevokeAuthorizations.Command(mine.ApplicationId));
        Assert.That(await Me(tokens.Access), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await people.As(session, new ListAuthorizations.Query())).Programs, Is.Empty);
    }

    [Test]
    public async Task S3_whoever_must_enrol_a_factor_goes_there_and_not_round_in_circles()
    {
        var (email, _) = await people.Administrator();
        using var browser = new Browser(host);
        Assert.That(
            (await Ask(browser)).Headers.Location?.OriginalString,
            Does.StartWith("/connexion?retour="),
            "a stranger signs in first"
        );
        await browser.Post("/connexion", "password", ("Email", email), ("Password", SignedIn.Password));
        Assert.That((await Ask(browser)).Headers.Location?.OriginalString, Is.EqualTo("/compte/second-facteur"));
    }

    private Task<HttpResponseMessage> Ask(Browser browser) =>
        browser.Get(
            QueryHelpers.AddQueryString(
                "/connect/authorize",
                new Dictionary<string, string?>
                {
                    ["client_id"] = program,
                    ["response_type"] = "code",
                    ["redirect_uri"] = Redirect,
                    ["scope"] = "openid offline_access parceo",
                    ["state"] = "x",
                    ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
                    ["code_challenge_method"] = "S256",
                }
            )
        );

    private async Task<string> Code(Browser browser)
    {
        var location = (await Ask(browser)).Headers.Location!;
        Assert.That(location.OriginalString, Does.StartWith(Redirect));
        return QueryHelpers.ParseQuery(location.Query)["code"].ToString();
    }

    private Task<Answer> Redeem(string code, string verifier) =>
        Token(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect), ("code_verifier", verifier));

    private Task<Answer> Refresh(string token) => Token(("grant_type", "refresh_token"), ("refresh_token", token));

    private async Task<Answer> Token(params (string Name, string Value)[] fields)
    {
        using var client = host.Client();
        var answer = await client.PostAsync(
            new Uri("/connect/token", UriKind.Relative),
            new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("client_id", program)])
        );
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        string Text(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString()! : "";
        return new Answer(Text("access_token"), Text("refresh_token"), Text("error"));
    }

    private async Task<HttpStatusCode> Me(string bearer)
    {
        using var client = host.Client(bearer);
        return (await client.GetAsync(new Uri("/api/access/me", UriKind.Relative))).StatusCode;
    }

    private Task<List<AuditRow>> Trail() =>
        people.Db(db =>
            db.Set<AuditRow>()
                .AsNoTracking()
                .Where(a => a.Action == "AuthorizeClient" || a.Action == "ExchangeToken")
                .OrderBy(a => a.Id)
                .ToListAsync()
        );

    private static async Task SignIn(Browser browser, string email, string code)
    {
        var page = await (
            await browser.Post("/connexion", "password", ("Email", email), ("Password", SignedIn.Password))
        ).Content.ReadAsStringAsync();
        var ticket = WebUtility.HtmlDecode(Ticket().Match(page).Groups[1].Value);
        await browser.PostRaw(
            "/connexion",
            [("_handler", "code"), .. Browser.SealOf(page), ("Ticket", ticket), ("HasTotp", "true"), ("Code", code)]
        );
        Assert.That(browser.Cookies, Does.ContainKey("__Host-parceo"));
    }

    private sealed record Answer(string Access, string Refresh, string Error);

    [GeneratedRegex("name=\"Ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
