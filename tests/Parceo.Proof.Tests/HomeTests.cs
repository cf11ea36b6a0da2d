using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>« À traiter » as a browser gets it: every module's things for one person, counted and listed alike, done in place.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed partial class HomeTests(Engine engine)
{
    private ParceoHost host = null!;
    private World.Caller doctor = null!,
        stranger = null!;
    private Guid practitioner;
    private TownThings.Owned things = null!;
    private readonly ConcurrentQueue<string> failures = [];

    [SetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine, services: s =>
            s.AddSingleton<ILoggerProvider>(new Heard(failures))
                .AddScoped<Broken>()
                .AddSingleton(new HomeEntry("slots", "broken", "/soins-non-programmes", typeof(Broken), SlotsPermissions.Search))
        );
        host.Clock.Stop();
        var (own, other) = (await host.Organisation("SAS 57"), await host.Organisation("SAS 54", "54"));
        practitioner = Guid.CreateVersion7();
        doctor = await host.Member(own, "Doctor", [Roles.Effector, Roles.Regulator], practitioner);
        stranger = await host.Member(other, "Stranger", [Roles.Effector], Guid.CreateVersion7());
        things = await host.Things(doctor, "57", practitioner);
    }

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task What_waits_is_counted_and_listed_alike_and_the_menu_shows_where()
    {
        var (counts, rows) = (await Counts(doctor), Rows(await Page(doctor)));
        Assert.That(rows, Is.SupersetOf(new[] { $"a-sollicitations-{things.Invitation:n}", $"a-gardes-{things.Swap:n}" }));
        Assert.That(counts.Values.Sum(), Is.EqualTo(rows.Count));
        Assert.That(counts["/soins-non-programmes/sollicitations"], Is.EqualTo(1));
        host.Clock.Advance(TimeSpan.FromHours(6)); // the patient was expected in five
        (counts, rows) = (await Counts(doctor), Rows(await Page(doctor)));
        Assert.That(rows, Does.Contain($"a-issues-{things.Booking:n}"));
        Assert.That(counts["/soins-non-programmes/creneaux"], Is.EqualTo(1));
        Assert.That(counts.Values.Sum(), Is.EqualTo(rows.Count), "no answer is awaited any more once its time is over");
    }

    [Test]
    public async Task Nothing_of_others_is_there()
    {
        host.Clock.Advance(TimeSpan.FromHours(6));
        Assert.That((await Counts(stranger)).Values.Sum(), Is.Zero);
        Assert.That(await Page(stranger), Does.Contain("Rien à traiter").And.Not.Contain("57-1"));
    }

    [Test]
    public async Task An_outcome_is_noted_in_place_and_the_menu_no_longer_asks_for_it()
    {
        host.Clock.Advance(TimeSpan.FromHours(6));
        var before = (await Counts(doctor)).Values.Sum();
        var answer = await Do(doctor, $"issues:venu:{things.Booking}");
        Assert.That(
            answer,
            Does.Contain("Noté : venu.").And.Contain("Plutôt absent").And.Not.Contain("data-undo"),
            "no promise to take it back"
        );
        Assert.That(Rows(answer), Does.Not.Contain($"a-issues-{things.Booking:n}"));
        Assert.That(Total(answer), Is.EqualTo(before - 1), "the menu is counted after the act");
        Assert.That(answer, Does.Contain("data-waiting=\"/soins-non-programmes/creneaux\""), "and all of it is");
        Assert.That(await State(), Is.EqualTo(BookingState.Fulfilled));
    }

    [TestCase("issues:venu:{0}", "Rendez-vous introuvable")]
    [TestCase("issues:effacer:{0}", "Introuvable")]
    [TestCase("rien:venu:{0}", "Introuvable")]
    [TestCase("broken:venu:{0}", "Introuvable")]
    [TestCase("issues:venu", "Introuvable")]
    [TestCase("", "Introuvable")]
    public async Task What_is_not_theirs_or_no_act_is_refused_on_the_page(string act, string told)
    {
        host.Clock.Advance(TimeSpan.FromHours(6));
        Assert.That(await Do(stranger, string.Format(CultureInfo.InvariantCulture, act, things.Booking)), Does.Contain(told));
        Assert.That(await State(), Is.EqualTo(BookingState.Booked));
    }

    [Test]
    public async Task A_module_that_fails_says_so_and_costs_the_others_nothing()
    {
        var page = await Page(doctor); // a regulator, too
        Assert.That(page, Does.Contain("ne répond pas pour l’instant"));
        Assert.That(Rows(page), Does.Contain($"a-sollicitations-{things.Invitation:n}"));
        Assert.That((await Counts(doctor)).Keys, Does.Not.Contain("/soins-non-programmes"));
    }

    [Test]
    public async Task Nobody_is_asked_for_what_they_may_not_see()
    {
        foreach (var role in Roles.All)
            await Page(await host.Member(doctor.OrganisationId, $"Holder {role}", [role]));
        Assert.That(failures.Where(f => !f.Contains("broken", StringComparison.Ordinal)), Is.Empty);
        Assert.That(failures, Is.Not.Empty, "a failure is heard");
    }

    [Test]
    public async Task The_palette_finds_acts_by_what_people_call_them_and_only_ones_own()
    {
        var regulator = await host.Member(doctor.OrganisationId, "Regulator", [Roles.Regulator]);
        Assert.That(await Find(regulator, "nouveau patient"), Does.Contain("Ouvrir un dossier"));
        Assert.That(await Find(stranger, "nouveau patient"), Does.Not.Contain("Ouvrir un dossier"));
        Assert.That(await Find(doctor, "conges"), Does.Contain("Déclarer une absence"));
        Assert.That(await Find(doctor, "> abs"), Does.Contain("Déclarer une absence"));
        Assert.That(await Find(doctor, "@conges"), Is.Empty, "people only");
        Assert.That(await Find(doctor, ""), Does.Contain("Publier des créneaux"));
        Assert.That(await Find(regulator, "57-"), Has.Some.StartsWith("Dossier 57-"), "a case by its number");
        Assert.That(await Find(stranger, "57-"), Is.Empty);
        Assert.That(await Find(doctor, "proof"), Does.Contain("Proof"), "a conversation by its title");
        Assert.That(await Find(stranger, "proof"), Is.Empty);
    }

    [Test]
    public async Task Places_of_administration_are_found_and_are_no_verbs()
    {
        var administrator = await host.Member(doctor.OrganisationId, "Administrator", [Roles.Administrator]);
        Assert.That(await Find(administrator, "person"), Does.Contain("Personnes"));
        Assert.That(await Find(doctor, "person"), Does.Not.Contain("Personnes"));
        var page = await Page(administrator);
        var verbs = page[page.IndexOf("id=\"h-faire\"", StringComparison.Ordinal)..];
        Assert.That(verbs, Does.Contain("Inviter quelqu’un").And.Not.Contain("/administration/journal"));
        Assert.That(verbs, Does.Not.Contain(">Personnes<"));
    }

    [Test]
    public async Task A_secretary_sees_for_whom_somebody_asks()
    {
        var secretary = await host.Member(doctor.OrganisationId, "Secretary", [Roles.Delegate]);
        await host.With<AccessDb, int>(db =>
        {
            var now = host.Clock.GetUtcNow();
            db.Add(
                new Delegation(
                    Guid.CreateVersion7(),
                    secretary.Id,
                    practitioner,
                    doctor.OrganisationId,
                    [RegulationPermissions.Answer],
                    now.AddDays(-1),
                    now.AddDays(1)
                )
            );
            return db.SaveChangesAsync();
        });
        Assert.That(await Page(secretary), Does.Contain("Dr Camille Essai · "));
    }

    [Test]
    public async Task What_cannot_be_looked_for_is_refused()
    {
        using var client = host.Client(doctor.Token);
        using var tooLong = await client.PostAsJsonAsync("/palette", new { q = new string('a', 101) });
        Assert.That((int)tooLong.StatusCode, Is.EqualTo(400));
        using var anonymous = host.Client();
        using var refused = await anonymous.PostAsJsonAsync("/palette", new { q = "a" });
        Assert.That((int)refused.StatusCode, Is.EqualTo(401));
    }

    private async Task<Dictionary<string, int>> Counts(World.Caller of)
    {
        using var client = host.Client(of.Token);
        return await client.GetFromJsonAsync<Dictionary<string, int>>("/a-traiter") ?? [];
    }

    private async Task<List<string>> Find(World.Caller by, string words)
    {
        using var client = host.Client(by.Token);
        using var answer = await client.PostAsJsonAsync("/palette", new { q = words });
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return
        [
            .. found
                .EnumerateArray()
                .SelectMany(g => g.GetProperty("hits").EnumerateArray())
                .Select(h => h.GetProperty("text").GetString()!),
        ];
    }

    private async Task<string> Page(World.Caller of)
    {
        using var client = host.Client(of.Token);
        return await client.GetStringAsync("/");
    }

    private async Task<string> Do(World.Caller by, string act)
    {
        using var client = host.Client(by.Token);
        using var form = await client.GetAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["_handler"] = "actes",
                    ["__RequestVerificationToken"] = Token().Match(await form.Content.ReadAsStringAsync()).Groups[1].Value,
                    ["cle"] = Guid.CreateVersion7().ToString(),
                    ["faire"] = act,
                }
            ),
        };
        request.Headers.Add("Cookie", string.Join("; ", form.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private Task<BookingState> State() =>
        host.With<SlotsDb, BookingState>(db => db.Bookings.Where(b => b.Id == things.Booking).Select(b => b.State).SingleAsync());

    private static List<string> Rows(string page) => [.. Row().Matches(page).Select(m => m.Groups[1].Value)];

    private static int Total(string page) => int.Parse(Home().Match(page).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("<li id=\"(a-[a-z]+-[0-9a-f]{32})\"")]
    private static partial Regex Row();

    [GeneratedRegex("data-waiting=\"/\"[^>]*><span>(\\d+)<")]
    private static partial Regex Home();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>Hears which parts of the page failed.</summary>
    private sealed class Heard(ConcurrentQueue<string> failures) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text)
        {
            if (IsEnabled(level) && text(state, exception) is var line && line.StartsWith("The home part", StringComparison.Ordinal))
                failures.Enqueue(line);
        }

        public void Dispose() { }
    }

    /// <summary>A module's part whose database is away.</summary>
    private sealed class Broken : HomePart
    {
        public override Task<int> Count(CancellationToken ct) => throw new TimeoutException();

        public override Task<IReadOnlyList<HomeItem>> List(CancellationToken ct) => throw new TimeoutException();
    }
}
