using System.Text;
using NUnit.Framework;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using static Parceo.Testing.Expect;

namespace Parceo.Messaging.Tests.Features;

/// <summary>What one person's files may take in all.</summary>
[TestFixtureSource(typeof(Testing.Engines))]
internal sealed class QuotaTests(Engine engine) : MessagingHost(engine)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?> { ["Messaging:FileQuotaMegabytes"] = "1" };

    [Test]
    public async Task S50_a_persons_files_have_a_quota_wherever_they_are()
    {
        var content = Encoding.ASCII.GetBytes("%PDF-1.7 " + new string('x', 600_000));
        async Task Send(Guid group) =>
            await Host.Send(
                Roche,
                new PostEntry.Command(
                    group,
                    Guid.CreateVersion7(),
                    Text: "",
                    FileIds: [(await Host.Send(Roche, FileTests.Upload(group, "long.pdf", content))).Id]
                )
            );
        var left = await Group(Roche, Faure);
        await Send(left);
        await Host.Send(Roche, new EndMembership.Command(left, Roche.Id));
        var other = await Group(Roche, Faure);
        var refused = await Refused(() => Send(other));
        Assert.That(refused.Code, Is.EqualTo("files_quota"), "what lies in a conversation that one has left counts too");
        await Host.Send(Faure, FileTests.Upload(other, "long.pdf", content));
    }
}
