using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Data;
using Parceo.Demo;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Web;

/// <summary>Tables to take away: a recent proof of identity first, and how many rows left stands in the trail (S10, S44).</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class ExportTests(Engine engine)
{
    /// <summary>Every export: its route, who may, at which address.</summary>
    private static readonly (string Route, CastMember Who, string Path)[] Rows =
    [
        (
            "/api/slots/activity.csv",
            DemoCast.Haddad,
            $"/api/slots/activity.csv?practitionerId={DemoCast.Haddad.DirectoryPersonId}&from=2026-11-01&to=2026-11-30"
        ),
        (
            "/api/slots/activity.xlsx",
            DemoCast.Haddad,
            $"/api/slots/activity.xlsx?practitionerId={DemoCast.Haddad.DirectoryPersonId}&from=2026-11-01&to=2026-11-30"
        ),
        (
            "/api/dashboards/indicators.csv",
            DemoCast.Sellami,
            "/api/dashboards/indicators.csv?perimeter=Territory&from=2026-01-01&to=2026-06-30"
        ),
        ("/api/access/people.csv", DemoCast.Sellami, "/api/access/people.csv"),
        ("/api/slots/bookings.csv", DemoCast.Prat, "/api/slots/bookings.csv?from=2026-11-01&to=2026-11-30"),
        ("/api/directory/imports/{id:guid}/rejects.csv", DemoCast.Sellami, $"/api/directory/imports/{Guid.Empty}/rejects.csv"), // there is none
    ];

    private ParceoHost host = null!;

    private static IEnumerable<string> Routes => Rows.Select(r => r.Route);

    [OneTimeSetUp]
    public async Task Start() =>
        host = await ParceoHost.Start(
            engine,
            demo: true,
            settings: new Dictionary<string, string?> { ["Access:SignInsPerMinute"] = "100000" }
        );

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public void Every_export_is_tried() =>
        Assert.That(
            host.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
                .Where(r => r.EndsWith(".csv", StringComparison.Ordinal) || r.EndsWith(".xlsx", StringComparison.Ordinal)),
            Is.EquivalentTo(Routes)
        );

    [TestCaseSource(nameof(Routes))]
    public async Task S10_S44_an_export_asks_for_a_proof_and_leaves_its_rows_in_the_trail(string route)
    {
        var (_, who, path) = Rows.Single(r => r.Route == route);
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", who.Id.ToString()));
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        var before = await Exported(who);

        var program = await Get(browser, path, "*/*");
        Assert.That(program.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), await program.Content.ReadAsStringAsync());
        Assert.That(await program.Content.ReadAsStringAsync(), Does.Contain("step_up_needed"));
        var person = await Get(browser, path, "text/html,*/*;q=0.8");
        Assert.That(person.Headers.Location?.OriginalString, Is.EqualTo("/confirmer?retour=" + Uri.EscapeDataString(path)));
        Assert.That(await Exported(who), Is.EqualTo(before), "nothing left");

        var confirmed = await browser.Post(person.Headers.Location!.OriginalString, "code");
        Assert.That(
            WebUtility.HtmlDecode(await confirmed.Content.ReadAsStringAsync()),
            Does.Contain($"href=\"{path}\"").And.Contain("Télécharger le fichier")
        );
        var file = await Get(browser, path, "text/html,*/*;q=0.8");
        if (path.Contains($"{Guid.Empty}", StringComparison.Ordinal))
        {
            Assert.That(file.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            return;
        }
        Assert.That(file.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(file.Content.Headers.ContentDisposition?.DispositionType, Is.EqualTo("attachment"));
        var left = (await Exported(who)).Except(before).Single();
        if (file.Content.Headers.ContentType?.MediaType == "text/csv")
            Assert.That(
                left.Rows,
                Is.EqualTo($"{(await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1}")
            );
    }

    [Test]
    public async Task S44_The_table_of_bookings_says_when_with_whom_by_whom_and_nothing_of_the_patient()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Prat.Id.ToString()));
        var today = LocalTime.DayOf(host.Clock.GetUtcNow(), "Europe/Paris");
        var file = await Get(browser, $"/api/slots/bookings.csv?from={today.AddDays(-30):yyyy-MM-dd}&to={today:yyyy-MM-dd}", "*/*");
        var lines = (await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(
            lines[0].TrimStart('\uFEFF'),
            Is.EqualTo("Dossier;Réservé le;Rendez-vous;Fin;Mode;Professionnel;RPPS;Spécialité;Lieu;Commune;État;Auteur")
        );
        var rows = lines.Skip(1).Select(l => l.Split(';')).ToList();
        Assert.That(rows, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(r => r.Length), Is.All.EqualTo(12));
            Assert.That(rows.Select(r => r[6].Trim('"')), Is.All.Match("^\\d{11}$"), "RPPS");
            Assert.That(rows.Select(r => r[11].Trim('"')), Is.All.EqualTo(DemoCast.Prat.Name));
            Assert.That(rows.Select(r => r[10].Trim('"')), Is.All.AnyOf("Réservé", "Venu", "Absent", "Non noté", "Annulé"));
        });
        var far = await Get(browser, "/api/slots/bookings.csv?from=2026-01-01&to=2026-12-31", "*/*");
        Assert.That(far.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static Task<HttpResponseMessage> Get(Browser browser, string path, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return browser.Send(request);
    }

    private Task<List<(long Id, string? Rows)>> Exported(CastMember who) =>
        host.With<AccessDb, List<(long, string?)>>(async db =>
            [
                .. (
                    await db.Set<AuditRow>()
                        .Where(a => a.ActorId == who.Id && a.ObjectType == "exported_rows" && a.Outcome == "ok")
                        .OrderBy(a => a.Id)
                        .Select(a => new { a.Id, a.ObjectId })
                        .ToListAsync()
                ).Select(a => (a.Id, a.ObjectId)),
            ]
        );
}
