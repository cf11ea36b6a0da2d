using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Notifications.Contracts;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Testing.Expect;
using ListNotices = Parceo.Notifications.Features.ListNotices;

namespace Parceo.Messaging.Tests.Features;

/// <summary>How people are told of what they have not read.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class TellTests(Engine engine) : MessagingHost(engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private Task<int> Waiting(TestUser who) => Host.Send(who, new CountNotices());

    private async Task<ListNotices.View> Told(TestUser who, Guid conversation)
    {
        ListNotices.View? found = null;
        await Eventually(
            async () =>
                (
                    found = (await Host.Send(who, new ListNotices.Query(WaitingOnly: true))).Notices.SingleOrDefault(n =>
                        n.Link == $"/messages/{conversation}"
                    )
                )
                    is not null,
            Soon,
            "the notice"
        );
        return found!;
    }

    private async Task RunJobs()
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(15));
        await Host.SendAsSystem(new TellUnread.Command());
        await Host.SendAsSystem(new AlertUnconfirmed.Command());
    }

    [Test, Order(1)]
    public async Task S66_Twenty_messages_are_one_notice_without_content_and_reading_on_one_device_clears_it()
    {
        var group = await Group(Noel, Kuhn);
        await RunJobs();
        var before = await Waiting(Kuhn);
        for (var i = 0; i < 20; i++)
            await Write(Noel, group, $"secret {i}");
        await RunJobs();
        await Eventually(async () => await Waiting(Kuhn) == before + 1, Soon, "the notice");
        await Write(Noel, group, "encore");
        await RunJobs();
        await Eventually(async () => await Waiting(Kuhn) == before + 1, Soon, "one notice still");
        await Host.Send(Kuhn, new MarkRead.Command(group, 21));
        await Eventually(async () => await Waiting(Kuhn) == before, Soon, "nothing left");
        Assert.That(await Waiting(Noel), Is.Zero, "nobody is told of their own");
    }

    [Test, Order(2)]
    public async Task Who_has_read_in_time_is_not_told()
    {
        var group = await Group(Noel, Kuhn);
        var before = await Waiting(Kuhn);
        await Write(Noel, group, "lu tout de suite");
        await Host.Send(Kuhn, new MarkRead.Command(group, 1));
        await RunJobs();
        await Write(Noel, group, "pas lu");
        await RunJobs();
        await Eventually(async () => await Waiting(Kuhn) == before + 1, Soon, "only of the second");
    }

    [Test, Order(3)]
    public async Task D48_A_priority_message_alerts_again_until_it_is_confirmed()
    {
        var group = await Group(Noel, Caron);
        var asked = await Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "Rupture", Priority: true));
        await RunJobs();
        await Eventually(async () => await Waiting(Caron) >= 1, Soon, "the alert");
        await Host.Send(Caron, new MarkRead.Command(group, 1));
        await Eventually(async () => await Waiting(Caron) == 0, Soon, "read");
        Host.Clock.Advance(TimeSpan.FromMinutes(3));
        await RunJobs();
        await Eventually(async () => await Waiting(Caron) == 1, Soon, "read is not confirmed");
        await Host.Send(Caron, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Confirm, asked.Seq));
        await Host.Send(Caron, new MarkRead.Command(group, 2));
        await Eventually(async () => await Waiting(Caron) == 0, Soon, "confirmed");
        Host.Clock.Advance(TimeSpan.FromHours(1));
        await RunJobs();
        Assert.That(await Waiting(Caron), Is.Zero);
    }

    [Test, Order(4)]
    public async Task A_notice_says_who_wrote_and_where_and_nothing_of_what()
    {
        var direct = (await Host.Send(Noel, new OpenConversation.Command([Caron.Id]))).Id;
        var group = (await Host.Send(Noel, new OpenConversation.Command([Caron.Id, Karim.Id], "Plaies chroniques"))).Id;
        await Write(Noel, direct, "secret");
        await Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "@Mireille secret", Mentions: [Caron.Id]));
        await RunJobs();
        var (alone, named, other) = (await Told(Caron, direct), await Told(Caron, group), await Told(Karim, group));
        Assert.That((alone.Text, alone.About), Is.EqualTo(("Gaëlle Noël vous a écrit.", (string?)null)));
        Assert.That((named.Text, named.About), Is.EqualTo(("Gaëlle Noël vous cite dans un groupe.", "Plaies chroniques")));
        Assert.That((other.Text, other.About), Is.EqualTo(("Gaëlle Noël vous a écrit dans un groupe.", "Plaies chroniques")));
        Assert.That(
            (await Told(new TestUser(Karim.Id, Karim.OrganisationId, [Roles.Administrator]), group)).About,
            Is.Null,
            "where they may read no message they are told no name"
        );
        await Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "secret", Priority: true, Mentions: [Karim.Id]));
        await Host.SendAsSystem(new AlertUnconfirmed.Command());
        await Eventually(async () => (await Told(Karim, group)).Urgent, Soon, "at once, in place of the other");
        Assert.That(
            (await Told(Karim, group)).Text,
            Is.EqualTo("Message prioritaire de Gaëlle Noël dans un groupe\u00A0: votre accusé de réception est attendu.")
        );
        await Host.Send(Noel, new EndMembership.Command(group, Karim.Id));
        Assert.That((await Told(Karim, group)).About, Is.Null, "who left is told its name no more");
    }

    [Test, Order(4)]
    public async Task A_notice_names_those_who_wrote_to_its_reader_and_nobody_else()
    {
        var group = await Group(Noel, Caron, Karim, Kuhn);
        await Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "@Mireille secret", Mentions: [Caron.Id]));
        await Write(Kuhn, group, "secret");
        await RunJobs();
        Assert.That((await Told(Caron, group)).Text, Is.EqualTo("Gaëlle Noël vous cite dans un groupe."), "whoever named them");
        Assert.That((await Told(Karim, group)).Text, Is.EqualTo("Dr\u00A0Rémi Kuhn et une autre personne vous ont écrit dans un groupe."));
        Assert.That((await Told(Noel, group)).Text, Is.EqualTo("Dr\u00A0Rémi Kuhn vous a écrit dans un groupe."), "not oneself");
        Assert.That((await Told(Kuhn, group)).Text, Is.EqualTo("Gaëlle Noël vous a écrit dans un groupe."), "not oneself");
    }

    [Test, Order(4)]
    public async Task A_priority_message_is_asked_for_in_the_name_of_who_wrote_it_to_each()
    {
        var group = await Group(Noel, Caron, Karim, Kuhn);
        await Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "secret", Priority: true, Mentions: [Caron.Id]));
        await Host.Send(Kuhn, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "secret", Priority: true, Mentions: [Karim.Id]));
        await Host.SendAsSystem(new AlertUnconfirmed.Command());
        Assert.That((await Told(Caron, group)).Text, Does.Contain("prioritaire de Gaëlle Noël"));
        Assert.That((await Told(Karim, group)).Text, Does.Contain("prioritaire de Dr\u00A0Rémi Kuhn"));
    }

    [Test, Order(4)]
    public async Task Search_finds_words_of_what_may_be_read_as_it_reads_now_and_nothing_else()
    {
        var (mine, other) = (await Group(Noel, Faure), await Group(Noel, Zemmour));
        await Write(Noel, mine, "Pansement à refaire jeudi, œdème stable");
        var edited = await Write(Noel, mine, "brulure ancienne");
        await Host.Send(Noel, new PostEntry.Command(mine, Guid.CreateVersion7(), EntryKind.Edit, edited.Seq, "cicatrice ancienne"));
        await Write(Noel, other, "pansement ailleurs");
        async Task<List<string>> Find(TestUser who, string text) =>
            [.. (await Host.Send(who, new SearchMessages.Query(text))).Hits.Select(h => h.Excerpt)];
        Assert.That(await Find(Faure, "PANSEMENT oedeme"), Is.EqualTo(new[] { "Pansement à refaire jeudi, œdème stable" }));
        Assert.That(await Find(Faure, "ailleurs"), Is.Empty);
        Assert.That(await Find(Faure, "brulure"), Is.Empty);
        Assert.That(await Find(Faure, "cicatrice"), Has.Count.EqualTo(1));
        Assert.That(await Find(Noel, "pansement"), Has.Count.EqualTo(2));
        Assert.That(
            (await Refused(() => Host.Send(Faure, new SearchMessages.Query("pansement", ConversationId: other)))).Code,
            Is.EqualTo("conversation_unknown")
        );
    }

    [Test, Order(5)]
    public async Task Search_goes_on_where_it_stopped_without_a_hit_twice()
    {
        var group = await Group(Noel, Faure);
        var written = await Task.WhenAll(Enumerable.Range(0, 75).Select(i => Write(i % 2 == 0 ? Noel : Faure, group, $"tension {i}")));
        var corrected = written[0].Seq; // of the last page, by an entry of the first
        await Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Edit, corrected, "pouls"));
        var (found, next) = (new List<long>(), (string?)null);
        do
        {
            var page = await Host.Send(Faure, new SearchMessages.Query("tension", ConversationId: group, Next: next));
            found.AddRange(page.Hits.Select(h => h.Seq));
            next = page.Next;
        } while (next is not null);
        Assert.That(found, Is.EqualTo(Enumerable.Range(1, 75).Reverse().Select(i => (long)i).Where(seq => seq != corrected)));
        Assert.That(
            (await Host.Send(Faure, new SearchMessages.Query("tension", PersonId: Noel.Id, ConversationId: group)))
                .Hits.Select(h => h.By)
                .Distinct(),
            Is.EqualTo(new[] { Noel.Id })
        );
    }

    [Test, Order(6)]
    public async Task S50_one_search_opens_two_thousand_texts_and_says_where_to_go_on()
    {
        var group = await Group(Noel, Faure);
        await Write(Noel, group, "aiguille");
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => Write(Noel, group, $"foin {i}")));
        var first = await Host.Send(Faure, new SearchMessages.Query("aiguille", ConversationId: group));
        Assert.That((first.Hits.Count, first.Next is null), Is.EqualTo((0, false)));
        var second = await Host.Send(Faure, new SearchMessages.Query("aiguille", ConversationId: group, Next: first.Next));
        Assert.That(second.Hits.Select(h => h.Seq), Is.EqualTo(new[] { 1L }));
    }

    [Test, Order(7)]
    public async Task A_resumed_search_reads_corrections_however_late_they_came()
    {
        var group = await Group(Noel, Faure);
        foreach (var i in Enumerable.Range(1, 40))
            await Write(Noel, group, $"saturation {i}");
        foreach (var seq in new long[] { 2, 39 }) // the second page, the first
            await Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Edit, seq, $"corrigé {seq}"));
        var (found, next) = (new List<string>(), (string?)null);
        do
        {
            var page = await Host.Send(Faure, new SearchMessages.Query("saturation", ConversationId: group, Next: next));
            found.AddRange(page.Hits.Select(h => h.Excerpt));
            next = page.Next;
        } while (next is not null);
        Assert.That(
            found,
            Is.EqualTo(Enumerable.Range(1, 40).Where(i => i is not (2 or 39)).Reverse().Select(i => $"saturation {i}")),
            "what was corrected says it no more"
        );
    }

    [Test, Order(8)]
    public async Task Mentions_count_what_messages_say_now()
    {
        var group = await Group(Noel, Faure);
        async Task<int> Named() => (await Host.Send(Faure, new ShowConversation.Query(group))).Line.Mentions;
        async Task<long> Name(params Guid[] who) =>
            (await Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "@Elsa ?", Mentions: who))).Seq;
        Task Edit(long seq, params Guid[] who) =>
            Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Edit, seq, "corrigé", Mentions: who));
        var (kept, edited, deleted, later) = (await Name(Faure.Id), await Name(Faure.Id), await Name(Faure.Id), await Name());
        Assert.That(await Named(), Is.EqualTo(3));
        await Host.Send(Noel, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Delete, deleted));
        Assert.That(await Named(), Is.EqualTo(2), "deleted, it names nobody");
        await Edit(edited);
        Assert.That(await Named(), Is.EqualTo(1), "nor does one that was corrected so");
        await Edit(later, Faure.Id, Faure.Id);
        Assert.That(await Named(), Is.EqualTo(2), "a correction may name somebody");
        await Edit(kept, Faure.Id);
        Assert.That(await Named(), Is.EqualTo(2), "whom it named before is named once");
    }

    [TestCase("Débit 10**9/L puis 12**9/L", "Débit 10**9/L puis 12**9/L")]
    [TestCase("**Urgent** : INR **4,5**", "Urgent : INR 4,5")]
    [TestCase("a ** b ** c", "a ** b ** c")]
    [TestCase("*Aucun nom* dans `INR`", "Aucun nom dans INR")]
    public async Task A_preview_shows_what_the_thread_shows(string text, string preview)
    {
        var group = await Group(Noel, Faure);
        await Write(Noel, group, text);
        Assert.That((await Host.Send(Faure, new ShowConversation.Query(group))).Line.Preview, Is.EqualTo(preview));
    }
}
