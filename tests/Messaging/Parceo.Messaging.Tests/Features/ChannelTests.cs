using NUnit.Framework;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;
using static Parceo.Testing.Expect;

namespace Parceo.Messaging.Tests.Features;

[TestFixtureSource(typeof(Engines))]
internal sealed class ChannelTests(Engine engine)
{
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    [Test]
    public async Task Members_of_the_organisation_enter_an_open_channel_and_read_what_was_before()
    {
        var channel = await talk.Channel();
        await talk.Write(Karim, channel, "Réunion jeudi");
        var listed = (await talk.Host.Send(Roche, new ListChannels.Query(100))).Channels.Single(c => c.Id == channel);
        Assert.That((listed.Title, listed.Scope, listed.People, listed.Entered), Is.EqualTo(("Vie de la CPTS", "CPTS du Val", 1, false)));
        await talk.Host.Send(Roche, new EnterChannel.Command(channel));
        await talk.Host.Send(Roche, new EnterChannel.Command(channel)); // again: nothing more
        Assert.That(await talk.Kinds(Roche, channel), Is.EqualTo(new[] { EntryKind.Message, EntryKind.Join }));
        Assert.That(
            (await talk.Host.Send(Roche, new ListChannels.Query(100))).Channels.Single(c => c.Id == channel),
            Has.Property("Entered").True.And.Property("People").EqualTo(2)
        );
    }

    [Test]
    public async Task Other_organisations_and_uninvited_people_find_no_channel()
    {
        var (open, closed) = (await talk.Channel(), await talk.Channel(open: false));
        foreach (var (who, where) in new[] { (Kuhn, open), (Lenoir, open), (Roche, closed) })
            Assert.That(await Why(() => talk.Host.Send(who, new EnterChannel.Command(where))), Is.EqualTo("conversation_unknown"));
        Assert.That((await talk.Host.Send(Kuhn, new ListChannels.Query(100))).Channels.Select(c => c.Id), Does.Not.Contain(open));
        Assert.That((await talk.Host.Send(Roche, new ListChannels.Query(100))).Channels.Select(c => c.Id), Does.Not.Contain(closed));
        Assert.That(
            await Refused(() => talk.Host.Send(Roche, new OpenChannel.Command("À moi", true))),
            Is.InstanceOf<ForbiddenException>()
        );
    }

    [Test]
    public async Task Channels_come_by_pages_each_once()
    {
        HashSet<Guid> made = [await talk.Channel(), await talk.Channel(), await talk.Channel()];
        List<Guid> seen = [];
        string? next = null;
        do
        {
            var page = await talk.Host.Send(Haddad, new ListChannels.Query(2, next));
            seen.AddRange(page.Channels.Select(c => c.Id));
            next = page.Next;
        } while (next is not null);
        Assert.That(seen, Is.Unique.And.SupersetOf(made));
        Assert.That(await Why(() => talk.Host.Send(Haddad, new ListChannels.Query(2, "x-y"))), Is.EqualTo("next_invalid"));
    }

    [Test]
    public async Task An_owner_renames_it_and_others_do_not()
    {
        var channel = await talk.Channel(true, Roche);
        Assert.That(
            await Why(() => talk.Host.Send(Roche, new RenameConversation.Command(channel, "Autre"))),
            Is.EqualTo("not_conversation_owner")
        );
        await talk.Host.Send(Karim, new RenameConversation.Command(channel, " Vie du Val "));
        Assert.That((await talk.Head(Roche, channel)).Line.Title, Is.EqualTo("Vie du Val"));
        Assert.That(
            (await talk.Host.Send(Roche, new ListEntries.Query(channel, 0))).Entries.Single().Body!.Title,
            Is.EqualTo("Vie du Val")
        );
        var direct = (await talk.Host.Send(Roche, new OpenConversation.Command([Zemmour.Id]))).Id;
        Assert.That(
            await Why(() => talk.Host.Send(Roche, new RenameConversation.Command(direct, "Nous"))),
            Is.EqualTo("conversation_has_no_name")
        );
    }

    [Test]
    public async Task Each_chooses_how_much_they_are_told()
    {
        var channel = await talk.Channel(true, Roche);
        await talk.Host.Send(Roche, new SetTellLevel.Command(channel, TellLevel.Mentions));
        Assert.That((await talk.Head(Roche, channel)).Line.Level, Is.EqualTo(TellLevel.Mentions));
        Assert.That((await talk.Head(Karim, channel)).Line.Level, Is.EqualTo(TellLevel.All));
        Assert.That(
            await Why(() => talk.Host.Send(Faure, new SetTellLevel.Command(channel, TellLevel.All))),
            Is.EqualTo("conversation_unknown")
        );
    }

    [Test]
    public async Task A_topic_is_opened_followed_resolved_and_reopened()
    {
        var channel = await talk.Channel(true, Roche, Faure);
        var topic = (await talk.Host.Send(Roche, new OpenTopic.Command(channel, "Plan blanc"))).Id;
        await talk.Write(Faure, channel, "Qui vient ?", topic);
        Assert.That(
            (await talk.Head(Roche, channel)).Topics.Single(),
            Is.EqualTo(new ShowConversation.TopicLine(topic, "Plan blanc", false, true))
        );
        await talk.Host.Send(Faure, new FollowTopic.Command(topic, true));
        await talk.Host.Send(Roche, new FollowTopic.Command(topic, false));
        await talk.Host.Send(Faure, new ResolveTopic.Command(topic, true));
        await talk.Host.Send(Karim, new ResolveTopic.Command(topic, true)); // already: nothing more
        Assert.That(
            (await talk.Head(Faure, channel)).Topics.Single(),
            Is.EqualTo(new ShowConversation.TopicLine(topic, "Plan blanc", true, true))
        );
        await talk.Host.Send(Karim, new ResolveTopic.Command(topic, false));
        Assert.That(
            (await talk.Head(Roche, channel)).Topics.Single(),
            Is.EqualTo(new ShowConversation.TopicLine(topic, "Plan blanc", false, false))
        );
        var thread = await talk.Host.Send(Karim, new ListHistory.Query(channel, Topic: topic));
        Assert.That(
            thread.Messages.Select(m => m.Kind),
            Is.EqualTo(new[] { EntryKind.Topic, EntryKind.Message, EntryKind.Resolve, EntryKind.Reopen })
        );
    }

    [Test]
    public async Task Topics_belong_to_the_members_of_a_channel()
    {
        var channel = await talk.Channel(true, Roche);
        var topic = (await talk.Host.Send(Roche, new OpenTopic.Command(channel, "Plan blanc"))).Id;
        Assert.That(await Why(() => talk.Host.Send(Haddad, new ResolveTopic.Command(topic, true))), Is.EqualTo("topic_unknown"));
        Assert.That(await Why(() => talk.Host.Send(Haddad, new FollowTopic.Command(topic, true))), Is.EqualTo("topic_unknown"));
        Assert.That(await Why(() => talk.Host.Send(Haddad, new OpenTopic.Command(channel, "Autre"))), Is.EqualTo("conversation_unknown"));
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Zemmour.Id, Faure.Id], "Plaies"))).Id;
        Assert.That(await Why(() => talk.Host.Send(Roche, new OpenTopic.Command(group, "Autre"))), Is.EqualTo("topic_needs_channel"));
    }
}
