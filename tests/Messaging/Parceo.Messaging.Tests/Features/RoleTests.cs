using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using Parceo.Rosters.Contracts;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;
using static Parceo.Testing.Expect;

namespace Parceo.Messaging.Tests.Features;

[TestFixtureSource(typeof(Engines))]
internal sealed class RoleTests(Engine engine)
{
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    private async Task<IReadOnlyList<(string Key, string Title, string Line)>> Named(TestUser by, string text) =>
        [.. (await talk.Host.Send(by, new FindRecipients.Query(text))).Roles.Select(r => (r.Key, r.Title, r.Line))];

    [Test]
    public async Task A_profession_of_ones_organisation_is_written_to_as_one()
    {
        var role = (await Named(Roche, "pharmaciens du Val")).Single();
        Assert.That(role, Is.EqualTo(("org:21", "Pharmaciens, CPTS du Val", "Farid Zemmour")));
        var begun = await talk.Host.Send(Roche, new WriteToRole.Command(role.Key));
        Assert.That((begun.Title, begun.People), Is.EqualTo(("Pharmaciens, CPTS du Val", 1)));
        var asked = await talk.Write(Roche, begun.Id, "Qui a de l’apixaban ?");
        await talk.Host.Send(Zemmour, new PostEntry.Command(begun.Id, Guid.CreateVersion7(), EntryKind.Take, asked));
        Assert.That((await talk.Host.Send(Roche, new ListHistory.Query(begun.Id))).Messages.Single().TakenBy, Is.EqualTo(Zemmour.Id));
    }

    [Test]
    public async Task A_profession_around_a_commune_reaches_those_with_an_account_others_as_guests()
    {
        var role = (await Named(Kuhn, "IDEL de Metz")).Single();
        Assert.That(role.Key, Is.EqualTo("place:60:57463"));
        var begun = await talk.Host.Send(Kuhn, new WriteToRole.Command(role.Key));
        Assert.That(begun.Title, Is.EqualTo("Infirmiers, Metz"));
        Assert.That(
            (await talk.Head(Kuhn, begun.Id)).People.Where(p => p.Id != Kuhn.Id).Select(p => (p.Id, p.Role)),
            Is.EquivalentTo(new[] { (Faure.Id, MemberRole.Guest), (DemoCast.Carre.Id, MemberRole.Guest) })
        );
    }

    [Test]
    public async Task Who_is_on_duty_is_found_when_it_is_written_to()
    {
        // Any moment of the demo month on which the roster names somebody with an account.
        var now = talk.Host.Clock.GetUtcNow();
        var turns = await talk.Host.Send(Karim, new ListDutyHolders.Query(now));
        var roles = await Named(Karim, "médecin de garde");
        Assert.That(
            roles.Select(r => r.Key),
            Is.SubsetOf(turns.Where(t => t.Kind == SectorKind.Effection).Select(t => $"duty:{t.SectorId:n}"))
        );
        foreach (var at in Enumerable.Range(0, 24 * 9).Select(h => now.AddHours(h)))
        {
            var holders = await talk.Host.Send(Karim, new ListDutyHolders.Query(at));
            Assert.That(holders, Has.All.Matches<DutyHolder>(h => h.Until > at && h.Who.Name.Length > 0));
            if (holders.Any(h => h.Who.Id == DemoCast.Roche.DirectoryPersonId))
                return;
        }
        Assert.Fail("Dr Roche has a turn in nine days.");
    }

    [Test]
    public async Task The_pharmacy_on_duty_is_written_to()
    {
        var role = (await Named(Karim, "pharmacie de garde")).Single();
        Assert.That(
            (role.Key, role.Title),
            Is.EqualTo(
                (
                    (await talk.Host.Send(Karim, new ListDutyHolders.Query()))
                        .Where(t => t.Kind == SectorKind.Pharmacy)
                        .Select(t => $"duty:{t.SectorId:n}")
                        .Single(),
                    "De garde, Pharmacies du Val"
                )
            )
        );
        var begun = await talk.Host.Send(Karim, new WriteToRole.Command(role.Key));
        Assert.That((await talk.Head(Karim, begun.Id)).People.Select(p => p.Id), Is.EquivalentTo(new[] { Karim.Id, Zemmour.Id }));
    }

    [Test]
    public async Task A_name_is_no_role_and_a_role_without_anybody_is_not_offered()
    {
        Assert.That(await Named(Karim, "Roche"), Is.Empty);
        Assert.That(await Named(Karim, "orthoptiste"), Is.Empty);
        Assert.That(await Named(Karim, "sage-femme de garde"), Is.Empty, "no roster says which");
        Assert.That(await Why(() => talk.Host.Send(Karim, new WriteToRole.Command("org:92"))), Is.EqualTo("written_role_unanswered"));
        foreach (var key in new[] { "org:00", "x", "place:60:nulle-part", $"duty:{Guid.Empty:n}" })
            Assert.That(await Why(() => talk.Host.Send(Karim, new WriteToRole.Command(key))), Is.EqualTo("written_role_unknown"), key);
    }

    [Test]
    public void Words_of_a_role_are_read_in_any_form()
    {
        Assert.That(RoleWords.Read("IDEL du secteur"), Is.EqualTo(new RoleWords.Asked(RoleWords.Of("60"), false, "")));
        Assert.That(RoleWords.Read("Sages-femmes de Metz"), Is.EqualTo(new RoleWords.Asked(RoleWords.Of("50"), false, "metz")));
        Assert.That(
            RoleWords.Read("infirmière à Montigny-lès-Metz"),
            Is.EqualTo(new RoleWords.Asked(RoleWords.Of("60"), false, "montigny metz"))
        );
        Assert.That(RoleWords.Read("garde Metz"), Is.EqualTo(new RoleWords.Asked(null, true, "metz")));
        Assert.That(RoleWords.Read("Denis Morel"), Is.Null);
    }

    [Test]
    public async Task The_demo_world_is_alive()
    {
        var mine = (await talk.Host.Send(Roche, new ListConversations.Query(Limit: 100))).Conversations;
        Assert.That(mine.Single(c => c.Id == DemoCast.IdOf(70, 2)), Has.Property("ToConfirm").EqualTo(1).And.Property("Unread").EqualTo(1));
        Assert.That(
            mine.Single(c => c.Id == DemoCast.IdOf(70, 4)),
            Has.Property("Title").EqualTo("Plaies chroniques, CPTS du Val").And.Property("Mentions").EqualTo(1)
        );
        Assert.That(
            (await talk.Head(Roche, DemoCast.IdOf(70, 5))).Topics.Select(t => t.Resolved),
            Is.EquivalentTo(new[] { false, false, true })
        );
        Assert.That((await talk.Head(Lenoir, DemoCast.IdOf(70, 4))).Line.Role, Is.EqualTo(MemberRole.Guest));
        Assert.That(
            (await talk.Host.Send(Bost, new ListDeskThreads.Query(DemoCast.IdOf(71, 1), ListDeskThreads.Filter.Unassigned)))
                .Threads.Single()
                .From,
            Is.EqualTo("Farid Zemmour")
        );
    }

    [TestCase("Dr Bilal Haddad")]
    [TestCase("Dr\u00A0Bilal Haddad")]
    [TestCase("docteur haddad")]
    [TestCase("M. Haddad")]
    public async Task A_person_is_found_by_the_name_that_is_shown(string typed)
    {
        var found = (await talk.Host.Send(Faure, new FindRecipients.Query(typed))).People;
        Assert.That(found.Select(p => p.PersonId), Does.Contain(Haddad.Id));
    }
}
