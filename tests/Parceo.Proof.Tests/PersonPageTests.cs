using System.Net;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Demo;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using Parceo.Slots.Features;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>A person's page of the directory as a browser gets it: what every module lets its reader do from there, and no more.</summary>
internal sealed class PersonPageTests
{
    private ParceoHost host = null!;
    private Guid stranger;
    private static readonly Guid Haddad = DemoCast.Haddad.DirectoryPersonId!.Value;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(Engine.Sqlite, demo: true);
        stranger = (await host.Send(Of(DemoCast.Roche), new Directory.Contracts.FindPeople.Query("généraliste", Limit: 100)))
            .People.Select(p => p.Id)
            .First(id => DemoCast.All.All(c => c.DirectoryPersonId != id));
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private static TestUser Of(CastMember who) =>
        new(who.Id, who.Organisation.Id, [.. who.Roles])
        {
            PractitionerIds = who.DirectoryPersonId is { } id ? [id] : [],
            Communes = [.. who.Organisation.Communes],
            Departements = [.. who.Organisation.Departements],
        };

    private async Task<string> Page(CastMember reader, string path)
    {
        var caller = new World.Caller(reader.Id, reader.Organisation.Id, "");
        using var browser = host.Client();
        browser.DefaultRequestHeaders.Add("Cookie", await host.SessionCookie(caller));
        return WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(path, UriKind.Relative)));
    }

    [Test]
    public async Task A_colleague_writes_calls_and_copies_and_sees_who_covers()
    {
        await host.Send(
            Of(DemoCast.Haddad),
            new SetAway.Command(host.Clock.GetUtcNow().AddDays(-1), host.Clock.GetUtcNow().AddDays(3), DemoCast.Weber.Id)
        );
        var page = await Page(DemoCast.Roche, $"/annuaire/{Haddad}");
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain($"/messages/nouveau?p={DemoCast.Haddad.Id}"), "write");
            Assert.That(page, Does.Match("href=\"tel:\\d{10}\""), "call");
            Assert.That(page, Does.Match("data-copy=\"\\d{11}\"").And.Contain("Copier le numéro RPPS"), "copy");
            Assert.That(page, Does.Match("data-copy=\"[^\"]+@[^\"]+\"").And.Contain("Copier l’adresse MSSanté"));
            Assert.That(page, Does.Contain("Absent des messages").And.Contain("Remplacement : Dr\u00A0Sarah Weber"), "covered by");
            Assert.That(page, Does.Contain($"/messages/nouveau?p={DemoCast.Weber.Id}"), "and the cover is written to");
            Assert.That(page, Does.Match("Sur Parceo</dt><dd>CPTS du Val"), "communities");
            Assert.That(page, Does.Not.Contain("/administration/invitations"), "nobody invites whom is there, nor without the right");
        });
        var write = await Page(DemoCast.Roche, $"/messages/nouveau?p={DemoCast.Haddad.Id}");
        Assert.That(write, Does.Match($"name=\"p\" value=\"{DemoCast.Haddad.Id}\""), "the page to write on knows to whom");
    }

    /// <summary>Gives somebody a role somewhere else.</summary>
    private Task Gives(CastMember who, DemoOrganisation where, string role) =>
        host.With<AccessDb, int>(db =>
        {
            db.Memberships.Add(new(Guid.CreateVersion7(), who.Id, where.Id, role, host.Clock.GetUtcNow().AddDays(-1)));
            return db.SaveChangesAsync();
        });

    [Test]
    public async Task Only_where_they_care_for_patients_is_everybodys_to_know()
    {
        await Gives(DemoCast.Weber, DemoCast.Tilleuls, Roles.Professional);
        await Gives(DemoCast.Weber, DemoCast.Ars, Roles.AgencyReader);
        await Gives(DemoCast.Weber, DemoCast.Cretes, Roles.Administrator);
        Assert.That(
            await Page(DemoCast.Roche, $"/annuaire/{DemoCast.Weber.DirectoryPersonId}"),
            Does.Contain("Sur Parceo</dt><dd>CPTS du Val, MSP des Tilleuls</dd>")
        );
    }

    [Test]
    public async Task What_somebody_does_is_said_of_the_organisation_where_they_do_it()
    {
        await Gives(DemoCast.Aubry, DemoCast.Cretes, Roles.Coordinator);
        async Task<string> Line(CastMember reader) =>
            (await host.Send(Of(reader), new FindRecipients.Query("lise aubry"))).People.Single(p => p.PersonId == DemoCast.Aubry.Id).Line;
        Assert.That(await Line(DemoCast.Roche), Is.EqualTo("Bureau, trésorerie, CPTS du Val"), "colleagues are shown as such");
        Assert.That(await Line(DemoCast.Kuhn), Is.EqualTo("Coordination, CPTS des Crêtes"));
        Assert.That(await Line(DemoCast.Lenoir), Is.EqualTo("Coordination, CPTS des Crêtes"), "of several the first by name");
    }

    [TestCase("zzz"), TestCase("0de30000-0001-7000-8000-0000000000ff"), TestCase("")]
    public async Task Whom_nobody_knows_is_written_to_by_name(string whom) =>
        Assert.That(
            await Page(DemoCast.Roche, $"/messages/nouveau?p={whom}"),
            Does.Contain("Destinataires").And.Not.Match("name=\"p\" value")
        );

    [Test]
    public async Task S22_A_regulator_sees_slots_and_absence_and_no_message()
    {
        var page = await Page(DemoCast.Prat, $"/annuaire/{Haddad}");
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain("#h-creneaux").And.Match("/soins-non-programmes\\?lieu=\\d{5}&specialite="));
            Assert.That(page, Does.Not.Contain("/messages/nouveau"));
            Assert.That(page, Does.Not.Contain("Ne reçoit pas"));
        });
        await host.Send(Of(DemoCast.Haddad), new DeclareAbsence.Command(Haddad, host.Clock.GetUtcNow(), host.Clock.GetUtcNow().AddDays(1)));
        Assert.That(await Page(DemoCast.Prat, $"/annuaire/{Haddad}"), Does.Contain("Ne reçoit pas jusqu’au"));
        Assert.That(
            await Page(DemoCast.Girard, $"/annuaire/{Haddad}"),
            Does.Not.Contain("Ne reçoit pas"),
            "an agency does not watch people"
        );
    }

    [Test]
    public async Task Who_is_not_here_yet_is_invited_by_whoever_may()
    {
        Assert.That(
            await Page(DemoCast.Sellami, $"/annuaire/{stranger}"),
            Does.Match("/administration/invitations\\?par=annuaire&q=\\d{12}")
        );
        Assert.That(
            await Page(DemoCast.Roche, $"/annuaire/{stranger}"),
            Does.Not.Contain("/administration/invitations").And.Not.Contain("/messages/nouveau")
        );
    }
}
