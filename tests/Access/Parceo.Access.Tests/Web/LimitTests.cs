using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Demo;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;
using Parceo.Platform.Sending;

namespace Parceo.Access.Tests.Web;

/// <summary>The limits as they are shipped, over the network: refused with a time to come again and a sentence (S49).</summary>
public sealed class LimitTests
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        host = await ParceoHost.Start(
            Engine.Sqlite,
            demo: true,
            settings: new Dictionary<string, string?> { ["Limits:Scale"] = TestLimits.Usual }
        );

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task S49_a_program_hears_429_and_when_to_come_again()
    {
        using var browser = await Enter(DemoCast.Viel);
        var refused = await UntilRefused(browser, "/api/rosters/sheet.html", RateLimits.Defaults[LimitKind.Export].Burst);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        Assert.Multiple(() =>
        {
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(problem.RootElement.GetProperty("code").GetString(), Is.EqualTo("too_many_requests"));
            Assert.That(problem.RootElement.GetProperty("title").GetString(), Does.StartWith("Trop de demandes en peu de temps"));
        });
    }

    [Test]
    public async Task S49_a_page_says_it_in_french_and_when_to_come_again()
    {
        using var browser = await Enter(DemoCast.Sellami);
        var refused = await UntilRefused(browser, "/annuaire?q=roche", RateLimits.Defaults[LimitKind.Search].Burst);
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(page, Does.Contain("Trop de demandes"));
        });
    }

    [Test]
    public async Task S49_one_person_has_eight_connections_and_the_others_theirs()
    {
        var open = new List<ClientWebSocket>();
        try
        {
            for (var i = 0; i < RateLimits.HubConnections; i++)
                open.Add(await HubTests.Listen(host, DemoCast.Prat));
            using var ninth = await HubTests.Listen(host, DemoCast.Prat);
            await HubTests.Closed(ninth).WaitAsync(TimeSpan.FromSeconds(60));
            using var other = await HubTests.Listen(host, DemoCast.Haddad);
            Assert.That(
                open.Append(other).Select(HubTests.Closed).Count(closed => closed.IsCompleted),
                Is.Zero,
                "the others stay connected"
            );
        }
        finally
        {
            open.ForEach(l => l.Dispose());
        }
    }

    /// <summary>Whoever adds a search, an export or a way to write to others puts it under a limit, or changes this list.</summary>
    [Test]
    public void S49_what_is_limited()
    {
        var limited = host
            .Services.GetRequiredService<ModuleCatalog>()
            .Requests.Select(r => r.Key)
            .Where(t => t.IsDefined(typeof(LimitedAttribute), false) || t.IsAssignableTo(typeof(ILimited)))
            .Select(RequestName.Of)
            .Order(StringComparer.Ordinal);
        Assert.That(
            limited,
            Is.EqualTo(
                new[]
                {
                    "AcceptInvitation",
                    "BeginDeskThread",
                    "BookSlot",
                    "ComposeMail",
                    "ExplainNamedSearch",
                    "FindAlternatives",
                    "FindCases",
                    "FindConversations",
                    "FindPeople",
                    "FindRecipients",
                    "HoldPlace",
                    "InvitePeople",
                    "ListPeople",
                    "OpenChannel",
                    "OpenConversation",
                    "PostEntry",
                    "ReadJournal",
                    "SearchCommunes",
                    "SearchMessages",
                    "SearchSlots",
                    "SendMailEntry",
                    "ShowTyping",
                    "StartImport",
                    "StartSolicitation",
                    "SuggestPeople",
                    "SuggestPlaces",
                    "SuggestRecipients",
                    "SuggestSlots",
                    "UploadFile",
                    "WriteToRole",
                }
            )
        );
    }

    private async Task<Browser> Enter(CastMember person)
    {
        var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", person.Id.ToString()));
        return browser;
    }

    private static async Task<HttpResponseMessage> UntilRefused(Browser browser, string path, int burst)
    {
        for (var i = 0; i < burst * 10; i++)
        {
            var answer = await browser.Get(path);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.That(i, Is.GreaterThanOrEqualTo(burst), "what is usual is allowed");
                return answer;
            }
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        throw new AssertionException("There is no limit.");
    }
}
