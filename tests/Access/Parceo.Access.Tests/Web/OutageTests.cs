using System.Net;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Web;

/// <summary>Somebody is signed in, and the database goes away.</summary>
[TestFixtureSource(typeof(EveryEngine))]
public sealed class OutageTests(Engine engine)
{
    [Test]
    public async Task S65_a_page_says_so_and_when_to_come_back_and_the_session_is_still_there_afterwards()
    {
        await using var database = TestDatabase.Create(engine, breakable: true);
        await using var host = await ParceoHost.Start(engine, on: database);
        var people = new SignedIn(host);
        var (email, _) = await people.Administrator();
        using var browser = new Browser(host);
        await browser.Post("/connexion", "password", ("Email", email), ("Password", SignedIn.Password));
        Assert.That((await browser.Get("/compte")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        host.Clock.Advance(TimeSpan.FromMinutes(1)); // what this node knew of the session is too old
        await using (await database.Outage())
        {
            foreach (var path in new[] { "/compte", "/api/access/me" })
            {
                using var answer = await browser.Get(path);
                Assert.That(
                    (path, answer.StatusCode, answer.Headers.RetryAfter?.Delta is not null),
                    Is.EqualTo((path, HttpStatusCode.ServiceUnavailable, true))
                );
                if (path == "/compte")
                    Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("Service momentanément indisponible"));
            }
        }
        Assert.That((await browser.Get("/compte")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
