using NUnit.Framework;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Sending;
using Parceo.Testing;

namespace Parceo.Messaging.Tests.Features;

/// <summary>Limits as they are shipped, where people write (S49).</summary>
internal sealed class LimitTests() : MessagingHost(Engine.Sqlite)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?> { ["Limits:Scale"] = TestLimits.Usual };

    [Test]
    public async Task S49_messages_reactions_and_signs_of_writing_have_each_their_own_limit()
    {
        var group = await Group(Noel, Faure);
        var message = await Write(Noel, group, "Bonjour");
        var signs = 0;
        await Refused(LimitKind.Message, () => Write(Faure, group, "encore"));
        await Refused(LimitKind.Reaction, () =>
            Host.Send(
                Faure,
                new PostEntry.Command(
                    group,
                    Guid.CreateVersion7(),
                    signs++ % 2 == 0 ? EntryKind.React : EntryKind.Unreact,
                    message.Seq,
                    Emoji: "👍"
                )
            )
        );
        await Refused(LimitKind.Typing, () => Host.Send(Faure, new ShowTyping.Query(group)));
        Assert.DoesNotThrowAsync(() => Write(Noel, group, "La suite"), "the others write on");
        Assert.DoesNotThrowAsync(() => Thread(Faure, group), "and all may be read");
    }

    [Test]
    public Task S49_conversations_begun_have_a_limit() => Refused(LimitKind.Conversation, () => Group(Zemmour, Faure));

    private static async Task Refused(LimitKind kind, Func<Task> one)
    {
        var burst = RateLimits.Defaults[kind].Burst;
        for (var i = 0; i < burst * 10; i++)
        {
            try
            {
                await one();
            }
            catch (BusyException refusal)
            {
                Assert.That(refusal.Code, Is.EqualTo("too_many_requests"));
                Assert.That(i, Is.GreaterThanOrEqualTo(burst - 1), "what is usual is allowed");
                return;
            }
        }
        Assert.Fail($"{kind} has no limit.");
    }
}
