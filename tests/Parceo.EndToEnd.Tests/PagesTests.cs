using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>
/// Every page of the running host, signed in as somebody who may open it: it is small, axe finds nothing, 320 px are enough, and
/// after an act that succeeded nothing that was typed for it stays in its form, the field that has the focus included: it would
/// be sent for the next patient.
/// </summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.Children)]
public sealed class PagesTests : BrowserTest
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
        ["/administration/roles"] = (DemoCast.Sellami, "/administration/roles"),
        ["/administration/integrations"] = (DemoCast.Sellami, "/administration/integrations"),
        ["/administration/journal"] = (DemoCast.Caron, "/administration/journal"),
        ["/administration/annuaire"] = (DemoCast.Sellami, "/administration/annuaire"),
        ["/administration/lieux"] = (DemoCast.Sellami, "/administration/lieux"),
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

    private const int FirstLoad = 150_000,
        NextLoad = 25_000;

    // Of what passes axe would send every element: megabytes a page that nobody reads.
    private static AxeRunOptions Violations { get; } = new() { ResultTypes = [ResultType.Violations] };

    private static readonly (int Width, ColorScheme Scheme)[] All =
    [
        (1440, ColorScheme.Light),
        (320, ColorScheme.Dark),
        (1440, ColorScheme.Dark),
        (320, ColorScheme.Light),
    ];

    /// <summary>Each page one way every day, the wide light one and the narrow dark one by turns.</summary>
    private static IEnumerable<TestCaseData> Views => Rows.Keys.Select((p, i) => new TestCaseData(p, All[i % 2]).SetArgDisplayNames(p));

    /// <summary>The other three among the long proofs.</summary>
    private static IEnumerable<TestCaseData> OtherViews =>
        Rows.Keys.Select((p, i) => new TestCaseData(p, All.Where((_, n) => n != i % 2).ToArray()).SetArgDisplayNames(p));

    /// <summary>Where the page of a pattern is, or on which page the link that leads to it.</summary>
    internal static (string Path, string? Link) AddressOf(string pattern)
    {
        var path = Rows[pattern]
            .Path.Replace(Solicited, DemoCast.IdOf(40, (Site.Began.DayNumber * 1000) + 10).ToString(), StringComparison.Ordinal);
        return path.Split(" > ") is [var page, var link] ? (page, link) : (path, null);
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

    // One visit for all of it: a page costs a browser more than what is asked of it.
    [TestCaseSource(nameof(Views))]
    public async Task It_is_small_axe_finds_nothing_320_px_are_enough_and_nothing_typed_stays(
        string pattern,
        (int Width, ColorScheme Scheme) view
    )
    {
        var page = await Visit(pattern);
        Assert.That(await page.Locator("h1").CountAsync(), Is.EqualTo(1), "One h1");
        var found = await Weigh(page);
        found.AddRange(await Axe(page, view));
        await page.SetViewportSizeAsync(320, 640);
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (wide > 320)
            found.Add($"320: scrolls sideways, {wide} px");
        // What a server says after a success: the page as it is for whoever has typed nothing.
        await page.RouteAsync("**/*", async route =>
        {
            if (route.Request.Method != "POST" || route.Request.Url.Contains("/hubs/", StringComparison.Ordinal))
                await route.FallbackAsync();
            else
                await route.FulfillAsync(
                    new() { Response = await route.FetchAsync(new() { Method = "GET", PostData = Array.Empty<byte>() }) }
                );
        });
        for (var (i, forms) = (0, await page.EvaluateAsync<int>(Forms + ".length")); i < forms; i++)
            foreach (var field in await page.EvaluateAsync<string[]>(TypeAndSend, i))
                found.Add($"stays after its act: {field}");
        Assert.That(found, Is.Empty, string.Join('\n', found));
    }

    /// <summary>It may come to any page at any time: a message that waits, a slot that was taken.</summary>
    [Test]
    public async Task Axe_finds_nothing_when_a_toast_comes()
    {
        var page = await (await Desk(signedIn: DemoCast.Roche)).NewPageAsync();
        await page.GotoAsync("/annuaire");
        await Acts.Live(page);
        await page.EvaluateAsync(
            "document.dispatchEvent(new CustomEvent('parceo:toast', { detail: { message: 'Message prioritaire', href: '/', open: 'Ouvrir' } }))"
        );
        await Expect(Acts.Toast(page)).ToBeVisibleAsync();
        var found = await Axe(page, (1280, ColorScheme.Light));
        Assert.That(found, Is.Empty, string.Join('\n', found));
    }

    [TestCaseSource(nameof(OtherViews)), Category("Long")]
    public async Task Axe_finds_nothing_the_other_ways_round(string pattern, (int Width, ColorScheme Scheme)[] views)
    {
        var page = await Visit(pattern);
        var found = await Axe(page, views);
        Assert.That(found, Is.Empty, string.Join('\n', found));
    }

    private async Task<IPage> Visit(string pattern)
    {
        Allow("the server responded with a status of 4"); // the pages of refusals
        Allow("the server responded with a status of 5");
        var page = await (await Desk(signedIn: Rows[pattern].Who)).NewPageAsync();
        var (path, link) = AddressOf(pattern);
        await page.GotoAsync(path);
        if (link is null)
            return page;
        await page.Locator(link).First.ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath != path);
        return page;
    }

    /// <summary>
    /// At most 150 kB for whoever has nothing of Parceo yet, 25 kB for whoever comes from another page; compressed, with headers.
    /// The next load is the page itself and what it asks for: a live page that reads itself again does so because of others.
    /// </summary>
    private static async Task<List<string>> Weigh(IPage page)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var loaded = await page.EvaluateAsync<JsonElement>(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(e => ({ name: e.name, bytes: e.transferSize, again: e.initiatorType === 'fetch' && e.name.split('?')[0].startsWith(location.origin + '/') && !e.name.includes('/api/') && !e.name.includes('/_content/') }))"
        );
        var (first, next, files) = (0, 0, new List<(int Bytes, string Name)>());
        foreach (var file in loaded.EnumerateArray())
        {
            var (name, bytes) = (file.GetProperty("name").GetString()!.Split('#')[0], file.GetProperty("bytes").GetInt32());
            var isAsset = name.Contains("/_content/", StringComparison.Ordinal);
            if (isAsset && bytes > 0)
                bytes = await Assets.GetOrAdd(new Uri(name).AbsolutePath, Released);
            first += bytes;
            next += isAsset || file.GetProperty("again").GetBoolean() ? 0 : bytes;
            files.Add((bytes, name));
        }
        TestContext.Out.WriteLine($"{first / 1000.0:0.0} kB first, {next / 1000.0:0.0} kB next");
        var largest = string.Join('\n', files.OrderByDescending(f => f.Bytes).Take(12).Select(f => $"  {f.Bytes, 7} {f.Name}"));
        var found = new List<string>();
        if (first > FirstLoad)
            found.Add($"first load of {first / 1000.0:0.0} kB:\n{largest}");
        if (next > NextLoad)
            found.Add($"next load of {next / 1000.0:0.0} kB:\n{largest}");
        return found;
    }

    private static readonly ConcurrentDictionary<string, Task<int>> Assets = [];

    /// <summary>What a release sends of a file: publishing compresses them with Brotli, a build only with gzip.</summary>
    private static async Task<int> Released(string path)
    {
        const int Headers = 300;
        using var client = Site.Host.Client();
        var plain = await client.GetByteArrayAsync(path);
        using var small = new MemoryStream();
        await using (var brotli = new BrotliStream(small, CompressionLevel.SmallestSize, leaveOpen: true))
            await brotli.WriteAsync(plain);
        return Headers + (int)Math.Min(small.Length, plain.Length);
    }

    private static async Task<List<string>> Axe(IPage page, params (int Width, ColorScheme Scheme)[] views)
    {
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
        return found;
    }

    private const string Forms = """
        [...document.querySelectorAll('main form[data-soft]')].filter(f => f.method === 'post')
        """;

    private const string TypeAndSend = $$"""
        async i => {
            const form = {{Forms}}[i];
            if (!form) return [];
            const fields = [...form.elements].filter(e => e.matches('textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=submit])'));
            const words = { number: '7', date: '2031-05-06', time: '03:07', email: 'reste@exemple.fr', tel: '0300000000' };
            for (const f of fields) f.value = words[f.type] ?? 'Reste';
            const typed = fields.map(f => [f, f.value]);
            fields.find(f => f.checkVisibility())?.focus();
            form.noValidate = true;
            const drawn = new Promise(done => document.addEventListener('parceo:toasts', done, { once: true }));
            form.requestSubmit();
            await drawn;
            return typed.filter(([f, was]) => f.isConnected && f.value === was && f.value !== f.defaultValue).map(([f]) => `${form.getAttribute('action') ?? ''} ${f.name}`);
        }
        """;
}
