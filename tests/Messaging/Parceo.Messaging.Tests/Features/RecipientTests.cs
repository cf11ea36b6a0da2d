using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;

namespace Parceo.Messaging.Tests.Features;

/// <summary>People are found as one calls them, those of one's own community first; a group needs no name.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class RecipientTests(Engine engine)
{
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    private static IEnumerable<TestCaseData> Everyday()
    {
        yield return new TestCaseData("dr morel", DemoCast.Morel);
        yield return new TestCaseData("dr morl", DemoCast.Morel); // a letter is missing
        yield return new TestCaseData("cardiologue", DemoCast.Morel);
        yield return new TestCaseData("cardiologe", DemoCast.Morel);
        yield return new TestCaseData("coordinateur", DemoCast.Sellami);
        yield return new TestCaseData("cordinateur", DemoCast.Sellami);
        yield return new TestCaseData("infirmière de Woippy", DemoCast.Faure); // the nearest of ours
        yield return new TestCaseData("secrétaire", DemoCast.Bost);
        yield return new TestCaseData("trésorière", DemoCast.Aubry);
        yield return new TestCaseData("karim selami", DemoCast.Sellami);
    }

    [TestCaseSource(nameof(Everyday))]
    public async Task Whom_one_means_comes_first(string typed, CastMember whom)
    {
        var found = (await talk.Host.Send(Roche, new FindRecipients.Query(typed))).People;
        Assert.That(found.Select(p => p.PersonId).FirstOrDefault(), Is.EqualTo(whom.Id), string.Join(" · ", found.Select(p => p.Name)));
    }

    [Test]
    public async Task Ones_own_community_comes_before_strangers()
    {
        var asKuhn = (await talk.Host.Send(Kuhn, new FindRecipients.Query("coordinateur"))).People;
        Assert.That(asKuhn.Select(p => p.PersonId), Is.EqualTo(new[] { DemoCast.Tran.Id }), "what somebody does is told to their own");
        var asRoche = (await talk.Host.Send(Roche, new FindRecipients.Query("médecin"))).People;
        var own = asRoche.Select(p => p.Line.EndsWith(DemoCast.Val.Name, StringComparison.Ordinal)).ToList();
        Assert.That(own, Does.Contain(true));
        Assert.That(own.SkipWhile(o => o), Has.None.True, "no stranger among them");
    }

    [Test]
    public async Task People_are_shown_with_what_they_are_which_agrees_with_them()
    {
        async Task<string> Line(TestUser who, string typed) =>
            (await talk.Host.Send(Haddad, new FindRecipients.Query(typed))).People.Single(p => p.PersonId == who.Id).Line;
        Assert.That(await Line(Faure, "Elsa Faure"), Is.EqualTo("Infirmière, CPTS du Val"));
        Assert.That(await Line(Zemmour, "Farid Zemmour"), Is.EqualTo("Pharmacien, CPTS du Val"));
        Assert.That(await Line(Karim, "Karim Sellami"), Is.EqualTo("Coordination, CPTS du Val"));
    }

    [Test]
    public async Task A_group_needs_no_name_and_is_called_after_its_other_members()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id]))).Id;
        Assert.That(
            (await talk.Head(Roche, group)).Line,
            Has.Property("Title").EqualTo("Elsa Faure et Farid Zemmour").And.Property("Named").False
        );
        Assert.That((await talk.Head(Faure, group)).Line.Title, Is.EqualTo("Dr\u00A0Amandine Roche et Farid Zemmour"));
        Assert.That(
            (await talk.Host.Send(Faure, new FindConversations.Query("roche zemmour", 20))).Select(c => c.Title),
            Does.Contain("Dr\u00A0Amandine Roche et Farid Zemmour")
        );
        await talk.Host.Send(Roche, new InvitePeople.Command(group, [Haddad.Id, Bost.Id, DemoCast.Petit.Id]));
        Assert.That((await talk.Head(Roche, group)).Line.Title, Does.EndWith(" et 2 autres"));
        await talk.Host.Send(Roche, new RenameConversation.Command(group, "Tournée"));
        Assert.That((await talk.Head(Faure, group)).Line.Title, Is.EqualTo("Tournée"));
        Assert.That(
            await Why(() => talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "x"))),
            Is.EqualTo("conversation_title_invalid")
        );
    }

    [Test]
    public void Names_of_a_group_without_one_are_few()
    {
        Assert.That(Conversation.NamedAfter([]), Is.EqualTo("Groupe sans autre membre"));
        Assert.That(Conversation.NamedAfter(["A", "B", "C", "D"]), Is.EqualTo("A, B, C et D"));
        Assert.That(Conversation.NamedAfter(["A", "B", "C", "D", "E", "F"]), Is.EqualTo("A, B, C et 3 autres"));
    }
}
