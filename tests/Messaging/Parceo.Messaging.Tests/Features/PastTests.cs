using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;

namespace Parceo.Messaging.Tests.Features;

/// <summary>Who may give what was written before, and bring back whom an owner removed.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class PastTests(Engine engine)
{
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    private async Task<Guid> Group(TestUser owner, params TestUser[] others) =>
        (await talk.Host.Send(owner, new OpenConversation.Command([.. others.Select(o => o.Id)], "Groupe d’essai"))).Id;

    private Task Bring(TestUser by, Guid conversation, TestUser whom, bool withHistory = false) =>
        talk.Host.Send(by, new InvitePeople.Command(conversation, [whom.Id], withHistory));

    private async Task<IReadOnlyList<string?>> Texts(TestUser who, Guid conversation) =>
        [
            .. (await talk.Host.Send(who, new ListHistory.Query(conversation)))
                .Messages.Where(m => m.Kind == EntryKind.Message)
                .Select(m => m.Text),
        ];

    [Test]
    public async Task S24_Who_joined_without_the_past_gives_it_to_nobody()
    {
        var group = await Group(Roche, Faure);
        await talk.Write(Roche, group, "avant");
        await Bring(Roche, group, Zemmour);
        Assert.That(await Why(() => Bring(Zemmour, group, Bost, withHistory: true)), Is.EqualTo("history_not_yours"));
        Assert.That((await talk.Head(Zemmour, group)).SeesPast, Is.False, "the page does not offer it");
        await Bring(Zemmour, group, Bost);
        await talk.Write(Roche, group, "après");
        Assert.That(await Texts(Bost, group), Is.EqualTo(new[] { "après" }));
        Assert.That((await talk.Head(Faure, group)).SeesPast, Is.True);
        await Bring(Faure, group, Haddad, withHistory: true);
        Assert.That(await Texts(Haddad, group), Is.EqualTo(new[] { "avant", "après" }), "who sees it may show it to whom nobody limited");
    }

    [Test]
    public async Task S24_Only_whoever_manages_undoes_the_limit_that_somebody_came_with()
    {
        var group = await Group(Roche, Faure);
        await talk.Write(Roche, group, "avant");
        await Bring(Roche, group, Zemmour);
        await talk.Host.Send(Zemmour, new EndMembership.Command(group, Zemmour.Id));
        Assert.That(await Why(() => Bring(Faure, group, Zemmour, withHistory: true)), Is.EqualTo("history_limited"));
        await Bring(Faure, group, Zemmour);
        Assert.That(await Texts(Zemmour, group), Is.Empty);
        await talk.Host.Send(Zemmour, new EndMembership.Command(group, Zemmour.Id));
        await Bring(Roche, group, Zemmour, withHistory: true);
        Assert.That(await Texts(Zemmour, group), Is.EqualTo(new[] { "avant" }));
    }

    [Test]
    public async Task S24_An_owner_who_came_without_the_past_does_not_see_or_give_it_either()
    {
        var group = await Group(Roche, Faure);
        await talk.Write(Roche, group, "avant");
        await Bring(Roche, group, Zemmour);
        await talk.Host.Send(Faure, new EndMembership.Command(group, Faure.Id));
        await talk.Host.Send(Roche, new EndMembership.Command(group, Roche.Id));
        Assert.That((await talk.Head(Zemmour, group)).MayManage, Is.True, "nobody else is left");
        Assert.That(await Why(() => Bring(Zemmour, group, Bost, withHistory: true)), Is.EqualTo("history_not_yours"));
    }

    [Test]
    public async Task Whom_an_owner_removed_nobody_else_brings_back()
    {
        var group = await Group(Roche, Faure, Zemmour);
        await talk.Host.Send(Roche, new EndMembership.Command(group, Zemmour.Id));
        Assert.That(await Why(() => Bring(Faure, group, Zemmour)), Is.EqualTo("removed_by_owner"));
        Assert.That(await talk.IsIn(Zemmour, group), Is.False);
        await Bring(Roche, group, Zemmour);
        Assert.That(await talk.IsIn(Zemmour, group), Is.True);
        await talk.Host.Send(Zemmour, new EndMembership.Command(group, Zemmour.Id));
        await Bring(Faure, group, Zemmour);
        Assert.That(await talk.IsIn(Zemmour, group), Is.True, "who left of their own accord is brought back by anybody");
    }

    [Test]
    public async Task Whom_an_owner_removed_from_an_open_channel_does_not_enter_it_again_and_who_came_without_the_past_does_not_get_it_so()
    {
        var channel = await talk.Channel(open: true, Roche);
        await talk.Write(Roche, channel, "avant");
        await talk.Host.Send(Faure, new EnterChannel.Command(channel));
        await talk.Host.Send(Karim, new EndMembership.Command(channel, Faure.Id));
        Assert.That(await Why(() => talk.Host.Send(Faure, new EnterChannel.Command(channel))), Is.EqualTo("removed_from_channel"));
        foreach (var (who, may) in new[] { (Faure, false), (Zemmour, true) })
            Assert.That(
                (await talk.Host.Send(who, new ListChannels.Query(100))).Channels.Single(c => c.Id == channel).MayEnter,
                Is.EqualTo(may),
                "what is refused is not offered"
            );
        await Bring(Karim, channel, Zemmour);
        await talk.Host.Send(Zemmour, new EndMembership.Command(channel, Zemmour.Id));
        await talk.Host.Send(Zemmour, new EnterChannel.Command(channel));
        Assert.That(await Texts(Zemmour, channel), Is.Empty);
    }
}
