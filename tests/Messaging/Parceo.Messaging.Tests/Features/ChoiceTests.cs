using NUnit.Framework;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;

namespace Parceo.Messaging.Tests.Features;

[TestFixtureSource(typeof(Engines))]
internal sealed class ChoiceTests(Engine engine)
{
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    [Test]
    public async Task Who_writes_sees_that_somebody_is_away_and_who_covers()
    {
        var now = talk.Host.Clock.GetUtcNow();
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Haddad.Id, Faure.Id], "Tour de garde"))).Id;
        await talk.Host.Send(Haddad, new SetAway.Command(now.AddHours(-1), now.AddDays(3), Roche.Id));
        var seen = (await talk.Head(Faure, group)).People.Single(p => p.Id == Haddad.Id);
        Assert.That(
            (seen.CoveredBy, seen.CoveredById, seen.Away is not null),
            Is.EqualTo(("Dr\u00A0Amandine Roche", (Guid?)Roche.Id, true))
        );
        Assert.That((await talk.Host.Send(Haddad, new GetMyChoices.Query())).CoverId, Is.EqualTo(Roche.Id));
        await talk.Host.Send(Haddad, new EndAway.Command());
        Assert.That((await talk.Head(Faure, group)).People.Single(p => p.Id == Haddad.Id).Away, Is.Null);
        Assert.That((await talk.Host.Send(Haddad, new GetMyChoices.Query())).AwayUntil, Is.Null);
    }

    [Test]
    public async Task An_absence_is_to_come_and_covered_by_another()
    {
        var now = talk.Host.Clock.GetUtcNow();
        foreach (var (from, until) in new[] { (now, now), (now.AddDays(-3), now.AddDays(-1)), (now, now.AddDays(500)) })
            Assert.That(await Why(() => talk.Host.Send(Zemmour, new SetAway.Command(from, until))), Is.EqualTo("away_period_invalid"));
        Assert.That(
            await Why(() => talk.Host.Send(Zemmour, new SetAway.Command(now, now.AddDays(1), Zemmour.Id))),
            Is.EqualTo("away_cover_invalid")
        );
        Assert.That(
            await Why(() => talk.Host.Send(Zemmour, new SetAway.Command(now, now.AddDays(1), Guid.CreateVersion7()))),
            Is.EqualTo("recipient_unknown")
        );
    }

    [Test]
    public async Task Who_hides_their_reading_is_not_seen_and_does_not_see()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Zemmour.Id, Faure.Id], "Lecture"))).Id;
        await talk.Host.Send(Zemmour, new SetMyChoices.Command(ShowsReading: false, ShowsPresence: true));
        Assert.That((await talk.Head(Faure, group)).People.Single(p => p.Id == Zemmour.Id).ReadSeq, Is.Null);
        Assert.That(
            (await talk.Head(Zemmour, group)).People.Where(p => p.ReadSeq is not null).Select(p => p.Id),
            Is.EqualTo(new[] { Zemmour.Id })
        );
        await talk.Host.Send(Zemmour, new SetMyChoices.Command(ShowsReading: true, ShowsPresence: false));
        Assert.That((await talk.Head(Faure, group)).People.Single(p => p.Id == Zemmour.Id).ReadSeq, Is.Not.Null);
        Assert.That(
            await talk.Host.Send(Zemmour, new GetMyChoices.Query()),
            Has.Property("ShowsReading").True.And.Property("ShowsPresence").False
        );
    }

    [Test]
    public async Task Which_key_sends_is_ones_own_choice()
    {
        var group = (await talk.Host.Send(Bost, new OpenConversation.Command([Noel.Id, Faure.Id], "Touches"))).Id;
        Assert.That((await talk.Head(Bost, group)).EnterSends, Is.False);
        await talk.Host.Send(Bost, new SetMyChoices.Command(ShowsReading: true, ShowsPresence: true, EnterSends: true));
        Assert.That((await talk.Head(Bost, group)).EnterSends, Is.True);
        Assert.That((await talk.Host.Send(Bost, new GetMyChoices.Query())).EnterSends, Is.True);
        Assert.That((await talk.Head(Faure, group)).EnterSends, Is.False);
    }

    [Test]
    public async Task A_draft_is_its_writers_on_every_device_and_goes_when_emptied()
    {
        var direct = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id]))).Id;
        await talk.Host.Send(Roche, new SaveDraft.Command(direct, "Je pensais"));
        await talk.Host.Send(Roche, new SaveDraft.Command(direct, "Je pensais\nà demain"));
        Assert.That((await talk.Host.Send(Roche, new GetDraft.Query(direct))).Text, Is.EqualTo("Je pensais\nà demain"));
        Assert.That((await talk.Head(Roche, direct)).Draft, Is.EqualTo("Je pensais\nà demain"));
        async Task<string?> Listed(TestUser who) =>
            (await talk.Host.Send(who, new ListConversations.Query(Limit: 100))).Conversations.Single(c => c.Id == direct).Draft;
        Assert.That(await Listed(Roche), Is.EqualTo("Je pensais à demain"), "marked in the list");
        Assert.That(await Listed(Faure), Is.Null);
        Assert.That((await talk.Host.Send(Faure, new GetDraft.Query(direct))).Text, Is.Null);
        await talk.Host.Send(Roche, new SaveDraft.Command(direct, " "));
        Assert.That((await talk.Host.Send(Roche, new GetDraft.Query(direct))).Text, Is.Null);
        Assert.That(await Why(() => talk.Host.Send(Zemmour, new SaveDraft.Command(direct, "x"))), Is.EqualTo("conversation_unknown"));
    }
}
