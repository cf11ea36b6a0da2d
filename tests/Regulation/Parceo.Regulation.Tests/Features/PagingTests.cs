using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Regulation.Features;
using Parceo.Testing;

namespace Parceo.Regulation.Tests.Features;

/// <summary>A wave asks many in one instant, a desk opens several cases in one: page by page nobody is passed over and nobody comes twice.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class PagingTests(Engine engine)
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        host.Clock.Stop(); // all that follows happens in one instant
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task Cases_opened_in_one_instant_all_come()
    {
        var nadia = TestUser.Regulator();
        var all = new List<Guid>();
        for (var i = 0; i < 5; i++)
            all.Add(await host.Opened(nadia, Given.Skill()));
        var seen = new List<Guid>();
        for (string? next = null; ; )
        {
            var page = await host.Send(nadia, new ListOrientations.Query(false, 2, next));
            seen.AddRange(page.Orientations.Select(c => c.Id));
            if ((next = page.Next) is null || seen.Count > 10)
                break;
        }
        Assert.That(seen, Is.EquivalentTo(all));
    }

    [Test]
    public async Task What_one_is_asked_in_one_instant_all_comes()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effector = (await host.Effectors(skill, 1))[0];
        var all = new List<Guid>();
        for (var i = 0; i < 5; i++)
            all.Add((await host.Show(nadia, await host.Soliciting(nadia, skill))).Asked.Single().InvitationId);
        var seen = new List<Guid>();
        for (string? next = null; ; )
        {
            var page = await host.Send(effector, new ListInvitations.Query(2, next));
            seen.AddRange(page.Invitations.Select(s => s.InvitationId));
            if ((next = page.Next) is null || seen.Count > 10)
                break;
        }
        Assert.That(seen, Is.EquivalentTo(all));
    }
}
