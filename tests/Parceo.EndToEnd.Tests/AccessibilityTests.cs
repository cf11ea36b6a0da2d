using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>Every page of the running host, signed in as somebody who may open it: axe finds nothing, and 320 px are enough.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.Children)]
public sealed class AccessibilityTests : BrowserTest
{
    /// <summary>Pattern of a page → who opens it (null: nobody signed in) and at which address, or by which link of another one.</summary>
    internal static readonly Dictionary<string, (CastMember? Who, string Path)> Rows = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/"] = (DemoCast.Roche, "/"),
        ["/accessibilite"] = (null, "/accessibilite"),
        ["/donnees-personnelles"] = (null, "/donnees-personnelles"),
        ["/erreur"] = (null, "/erreur"),
        ["/introuvable"] = (null, "/introuvable"),
        ["/api"] = (DemoCast.Prat, "/api"),
        ["/connexion"] = (null, "/connexion"),
        ["/confirmer"] = (DemoCast.Prat, "/confirmer"),
        ["/reprendre"] = (DemoCast.Prat, "/reprendre"),
        ["/mot-de-passe-oublie"] = (null, "/mot-de-passe-oublie"),
        ["/mot-de-passe-oublie/{Token}"] = (null, "/mot-de-passe-oublie/jeton"),
        ["/invitation/{Token}"] = (null, "/invitation/jeton"),
        ["/compte"] = (DemoCast.Prat, "/compte"),
        ["/compte/second-facteur"] = (DemoCast.Prat, "/compte/second-facteur"),
        ["/notifications"] = (DemoCast.Roche, "/notifications"),
        ["/messages"] = (DemoCast.Roche, "/messages"),
        ["/messages/{Id:guid}"] = (DemoCast.Roche, $"/messages/{DemoCast.IdOf(70, 5)}"), // a channel with topics and messages
        ["/messages/{ConversationId:guid}/reglages"] = (DemoCast.Sellami, $"/messages/{DemoCast.IdOf(70, 5)}/reglages"),
        ["/messages/{ConversationId:guid}/personnes"] = (DemoCast.Faure, $"/messages/{DemoCast.IdOf(70, 4)}/personnes"), // with a guest
        ["/messages/{ConversationId:guid}/sujets"] = (DemoCast.Sellami, $"/messages/{DemoCast.IdOf(70, 5)}/sujets"),
        ["/messages/{ConversationId:guid}/accuses"] = (DemoCast.Roche, $"/messages/{DemoCast.IdOf(70, 2)}/accuses"),
        ["/messages/canaux"] = (DemoCast.Sellami, "/messages/canaux"),
        ["/messages/guichets"] = (DemoCast.Sellami, "/messages/guichets"),
        ["/messages/guichets/nouveau"] = (DemoCast.Sellami, "/messages/guichets/nouveau"),
        ["/messages/guichets/{DeskId:guid}"] = (DemoCast.Bost, $"/messages/guichets/{DemoCast.IdOf(71, 1)}"),
        ["/messages/guichets/{DeskId:guid}/reglages"] = (DemoCast.Sellami, $"/messages/guichets/{DemoCast.IdOf(71, 1)}/reglages"),
        ["/messages/conservation"] = (DemoCast.Caron, "/messages/conservation?vue=toutes"),
        ["/messages/recherche"] = (DemoCast.Roche, "/messages/recherche"),
        ["/messages/reglages"] = (DemoCast.Roche, "/messages/reglages"),
        ["/messages/nouveau"] = (DemoCast.Roche, "/messages/nouveau"),
        ["/messages/mssante"] = (DemoCast.Roche, $"/messages/mssante?pro={DemoCast.Haddad.DirectoryPersonId}"),
        ["/messages/{Id:guid}/mssante"] = (DemoCast.Roche, $"/messages/{DemoCast.IdOf(70, 10)}/mssante?reponse=3"),
        ["/annuaire"] = (DemoCast.Prat, "/annuaire?q=muller&lieuText=Metz"),
        ["/annuaire/{Id:guid}"] = (DemoCast.Prat, $"/annuaire/{DemoCast.Haddad.DirectoryPersonId}"),
        ["/administration"] = (DemoCast.Sellami, "/administration"),
        ["/administration/invitations"] = (DemoCast.Sellami, "/administration/invitations?par=annuaire&q=infirmi%C3%A8re&commune=Metz"),
        ["/administration/integrations"] = (DemoCast.Sellami, "/administration/integrations"),
        ["/administration/journal"] = (DemoCast.Caron, "/administration/journal"),
        ["/administration/annuaire"] = (DemoCast.Sellami, "/administration/annuaire"),
        ["/administration/organisations"] = (DemoCast.Sellami, "/administration/organisations"),
        ["/administration/organisations/{Id:guid}"] = (DemoCast.Sellami, $"/administration/organisations/{DemoCast.Val.Id}"),
        ["/administration/service"] = (DemoCast.Sellami, "/administration/service"),
        ["/administration/personnes"] = (DemoCast.Sellami, "/administration/personnes"),
        ["/administration/personnes/{Id:guid}"] = (DemoCast.Sellami, $"/administration/personnes/{DemoCast.Bost.Id}"),
        ["/pilotage"] = (DemoCast.Sellami, "/pilotage?du=2026-01-01&au=2026-06-30"),
        ["/pilotage/{Slug}"] = (DemoCast.Viel, "/pilotage/vagues"),
        ["/soins-non-programmes"] = (DemoCast.Viel, "/soins-non-programmes?lieuText=Metz&rayon=5"),
        ["/soins-non-programmes/semaine-type"] = (DemoCast.Haddad, "/soins-non-programmes/semaine-type"),
        ["/soins-non-programmes/activite"] = (DemoCast.Haddad, "/soins-non-programmes/activite"),
        ["/soins-non-programmes/disponibilite"] = (DemoCast.Haddad, "/soins-non-programmes/disponibilite"),
        ["/soins-non-programmes/creneaux"] = (DemoCast.Haddad, "/soins-non-programmes/creneaux?vue=semaine"),
        ["/soins-non-programmes/orientations"] = (DemoCast.Prat, "/soins-non-programmes/orientations"),
        ["/soins-non-programmes/orientations/nouveau"] = (
            DemoCast.Prat,
            "/soins-non-programmes/orientations/nouveau?type=GeriatricAdmission"
        ),
        ["/soins-non-programmes/orientations/{OrientationId:guid}"] = (DemoCast.Prat, $"/soins-non-programmes/orientations/{Solicited}"),
        ["/soins-non-programmes/sollicitations"] = (DemoCast.Weber, "/soins-non-programmes/sollicitations"),
        ["/soins-non-programmes/ressources"] = (DemoCast.Viel, "/soins-non-programmes/ressources"),
        ["/soins-non-programmes/vagues"] = (DemoCast.Viel, "/soins-non-programmes/vagues"),
        ["/soins-non-programmes/retours"] = (DemoCast.Haddad, "/soins-non-programmes/retours"),
        ["/soins-non-programmes/retours/{BookingId:guid}"] = (
            DemoCast.Haddad,
            $"/soins-non-programmes/retours/{DemoCast.Haddad.DirectoryPersonId}"
        ),
        ["/soins-non-programmes/rendez-vous/{BookingId:guid}"] = (
            DemoCast.Haddad,
            $"/soins-non-programmes/rendez-vous/{DemoCast.Haddad.DirectoryPersonId}"
        ),
        ["/gardes"] = (DemoCast.Prat, "/gardes"),
        ["/gardes/mes-gardes"] = (DemoCast.Roche, "/gardes/mes-gardes"),
        ["/gardes/secteurs"] = (DemoCast.Sellami, "/gardes/secteurs"),
        ["/gardes/tableau/{SectorId:guid}"] = (DemoCast.Sellami, $"/gardes/tableau/{DemoCast.IdOf(50, 1)}"),
        ["/gardes/maisons"] = (DemoCast.Sellami, "/gardes/maisons"),
        ["/gardes/fiche"] = (DemoCast.Prat, "/gardes/fiche"),
        ["/mssante"] = (DemoCast.Roche, "/mssante"),
        ["/mssante/messages/{MailId:guid}"] = (DemoCast.Roche, "/mssante > a[href^='/mssante/messages/']"),
        ["/mssante/ecrire"] = (DemoCast.Roche, "/mssante/ecrire"),
        ["/mssante/envoyes"] = (DemoCast.Roche, "/mssante/envoyes"),
        ["/mssante/envoyes/{MailId:guid}"] = (DemoCast.Roche, "/mssante/envoyes > a[href^='/mssante/envoyes/']"),
        ["/mssante/boites"] = (DemoCast.Sellami, "/mssante/boites"),
        ["/soins-non-programmes/reglages"] = (DemoCast.Viel, "/soins-non-programmes/reglages"),
    };

    /// <summary>Stands for the case of the demonstration world that is being solicited: its id follows from the day on which the site began, which is not known when tests are listed.</summary>
    private const string Solicited = "{solicited}";

    // Of what passes axe would send every element: megabytes a page that nobody reads.
    private static AxeRunOptions Violations { get; } = new() { ResultTypes = [ResultType.Violations] };

    private static readonly (int Width, ColorScheme Scheme)[] All =
    [
        (1440, ColorScheme.Light),
        (320, ColorScheme.Dark),
        (1440, ColorScheme.Dark),
        (320, ColorScheme.Light),
    ];

    /// <summary>Each page one way every day, the wide light one and the narrow dark one by turns; the other three among the long proofs.</summary>
    private static IEnumerable<TestCaseData> Views =>
        Rows.Keys.SelectMany(
            (p, i) =>
                new[]
                {
                    new TestCaseData(p, new[] { All[i % 2] }).SetArgDisplayNames(p),
                    new TestCaseData(p, All.Where((_, n) => n != i % 2).ToArray())
                        .SetArgDisplayNames(p, "the other ways round")
                        .SetCategory("Long"),
                }
        );

    /// <summary>Opens the page of a pattern: at its address, or by the link of another one (« page &gt; link ») where ids are made anew.</summary>
    internal static async Task Open(IPage page, string pattern)
    {
        var path = Rows[pattern]
            .Path.Replace(Solicited, DemoCast.IdOf(40, (Site.Began.DayNumber * 1000) + 10).ToString(), StringComparison.Ordinal);
        var (from, link) = path.Split(" > ") is [var before, var there] ? (before, there) : (path, null);
        await page.GotoAsync(from);
        if (link is null)
            return;
        await page.Locator(link).First.ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath != from);
    }

    [Test]
    public void Every_page_is_looked_at()
    {
        var pages = Site.Service<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Distinct();
        Assert.That(
            pages,
            Is.EquivalentTo(Rows.Keys).IgnoreCase,
            "A page without a row here is not looked at; a row without a page is stale."
        );
    }

    [TestCaseSource(nameof(Views))]
    public async Task Axe_finds_nothing_and_320_px_are_enough(string pattern, (int Width, ColorScheme Scheme)[] views)
    {
        Allow("the server responded with a status of 4"); // the pages of refusals
        Allow("the server responded with a status of 5");
        var desk = await Desk(signedIn: Rows[pattern].Who);
        var page = await desk.NewPageAsync();
        await Open(page, pattern);
        Assert.That(await page.Locator("h1").CountAsync(), Is.EqualTo(1), "One h1");
        var found = new List<string>();
        foreach (var (width, scheme) in views)
        {
            await page.SetViewportSizeAsync(width, width == 320 ? 640 : 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var violation in (await page.RunAxe(Violations)).Violations)
                found.Add(
                    $"{width} {scheme}: {violation.Id}, {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Take(5).Select(n => n.Html))}"
                );
        }
        await page.SetViewportSizeAsync(320, 640);
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (wide > 320)
            found.Add($"320: scrolls sideways, {wide} px");
        Assert.That(found, Is.Empty, string.Join('\n', found));
    }
}
