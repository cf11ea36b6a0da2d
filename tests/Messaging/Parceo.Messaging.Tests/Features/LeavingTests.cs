using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;
using static Parceo.Testing.Expect;

namespace Parceo.Messaging.Tests.Features;

/// <summary>S24: who no longer works somewhere hears nothing of what follows there.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class LeavingTests(Engine engine)
{
    private static readonly TestUser Noel = As(DemoCast.Noel),
        Petit = As(DemoCast.Petit);
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    [Test]
    public async Task S24_Leaving_an_organisation_ends_groups_channels_and_desks_but_not_what_two_people_have()
    {
        var (channel, desk) = (await talk.Channel(true, Noel, Faure), await talk.Desk(Noel, Bost));
        var group = (await talk.Host.Send(Noel, new OpenConversation.Command([Faure.Id, Lenoir.Id], "Plaies"))).Id;
        var thread = (await talk.Host.Send(Roche, new BeginDeskThread.Command(desk, "Kiné"))).Id;
        var direct = (await talk.Host.Send(Noel, new OpenConversation.Command([Faure.Id]))).Id;
        await talk.Host.Send(Noel, new SaveDraft.Command(channel, "À finir"));
        await talk.Write(Noel, direct, "Entre nous");

        // The request of the Access module that an administrator sends is tested there; here is what it tells.
        await talk.Host.With<MessagingDb, int>(async db =>
        {
            db.Publish(new MembershipEnded(Noel.Id, Noel.OrganisationId), Noel.Id);
            return await db.SaveChangesAsync();
        });
        await Eventually(async () => !await talk.IsIn(Noel, thread) && !await talk.IsIn(Noel, group), Soon, "leaving");

        foreach (var where in new[] { channel, group, thread })
        {
            await talk.Write(where == thread ? Bost : Faure, where, "Après");
            Assert.That(await Why(() => talk.Host.Send(Noel, new ListEntries.Query(where, 0))), Is.EqualTo("conversation_unknown"));
            Assert.That(await Why(() => talk.Host.Send(Noel, new ListHistory.Query(where))), Is.EqualTo("conversation_unknown"));
            Assert.That(await Why(() => talk.Write(Noel, where)), Is.EqualTo("conversation_unknown"));
        }
        Assert.That(
            (await talk.Host.Send(Noel, new ListConversations.Query(Limit: 100))).Conversations.Select(c => c.Id),
            Does.Contain(direct).And.Not.Contain(group).And.Not.Contain(channel).And.Not.Contain(thread)
        );
        Assert.That((await talk.Host.Send(Faure, new ListHistory.Query(direct))).Messages[^1].Text, Is.EqualTo("Entre nous"));
        Assert.That(
            (await talk.Head(Faure, group)).People.Single(p => p.Id == Faure.Id).Role,
            Is.EqualTo(MemberRole.Owner),
            "somebody manages what the owner left"
        );
        Assert.That(
            await talk.Host.With<MessagingDb, bool>(db => db.Drafts.AnyAsync(d => d.PersonId == Noel.Id && d.ConversationId == channel)),
            Is.False
        );
    }

    [Test]
    public async Task S24_What_no_event_told_is_found_at_night()
    {
        var group = (await talk.Host.Send(Faure, new OpenConversation.Command([Zemmour.Id, Petit.Id], "Vacances"))).Id;
        var stranger = Guid.CreateVersion7();
        await talk.Host.With<MessagingDb, int>(async db =>
        {
            var conversation = await db.Conversations.Include(c => c.Members).SingleAsync(c => c.Id == group);
            conversation.Join(
                stranger,
                "Parti depuis",
                "Médecin",
                Faure.OrganisationId,
                MemberRole.Member,
                true,
                talk.Host.Clock.GetUtcNow()
            );
            return await db.SaveChangesAsync();
        });
        await talk.Host.SendAsSystem(new EndStaleMemberships.Command());
        Assert.That(
            (await talk.Head(Faure, group)).People.Where(p => p.In).Select(p => p.Id),
            Is.EquivalentTo(new[] { Faure.Id, Zemmour.Id, Petit.Id })
        );
    }
}
