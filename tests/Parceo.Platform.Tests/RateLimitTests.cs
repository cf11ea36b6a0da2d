using Microsoft.Extensions.Configuration;
using NUnit.Framework;
using Parceo.Platform.Sending;

namespace Parceo.Platform.Tests;

/// <summary>What one person, one organisation and one address may ask of a node, as it is shipped (S49).</summary>
internal sealed class RateLimitTests
{
    private static readonly Guid Val = Guid.CreateVersion7();

    [Test]
    public async Task S49_a_person_is_refused_after_the_burst_told_when_to_come_again_and_nobody_else_is([Values] LimitKind kind)
    {
        using var limits = Shipped();
        var (greedy, colleague) = (Person(Val, "192.0.2.1"), Person(Val, "192.0.2.1"));
        var (taken, refusal) = await UntilRefused(limits, kind, () => greedy);
        var burst = RateLimits.Defaults[kind].Burst;
        Assert.Multiple(() =>
        {
            Assert.That(taken, Is.InRange(burst, burst * 2)); // the bucket fills meanwhile
            Assert.That(refusal.Code, Is.EqualTo("too_many_requests"));
            Assert.That(refusal.RetryAfter, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromMinutes(1)));
            Assert.DoesNotThrowAsync(async () => (await limits.Enter(kind, colleague, default))?.Dispose());
        });
    }

    [Test]
    public async Task S49_an_organisation_and_an_address_have_a_limit_however_many_people_ask([Values] bool organisation)
    {
        using var limits = Shipped();
        var (taken, _) = await UntilRefused(limits, LimitKind.Message, () =>
            organisation ? Person(Val, null) : Person(Guid.CreateVersion7(), "192.0.2.1")
        );
        var most = RateLimits.Defaults[LimitKind.Message].Burst * (organisation ? RateLimits.Organisation : RateLimits.Address);
        Assert.That(taken, Is.InRange(most, most * 2));
        Assert.DoesNotThrowAsync(async () => await limits.Enter(LimitKind.Message, Person(Guid.CreateVersion7(), "192.0.2.2"), default));
    }

    [Test]
    public async Task S50_twenty_searches_of_one_person_take_two_turns_at_a_time_and_nobody_else_waits()
    {
        using var limits = Shipped();
        var (busy, other) = (Person(Val, null), Person(Val, null));
        var asked = Enumerable.Range(0, 20).Select(_ => limits.Enter(LimitKind.Search, busy, default).AsTask()).ToList();
        Assert.That(asked.Count(a => a.IsCompleted), Is.EqualTo(2));
        var elsewhere = limits.Enter(LimitKind.Search, other, default);
        Assert.That(elsewhere.IsCompletedSuccessfully, "another person's search begins at once");
        (await elsewhere)!.Dispose();
        foreach (var turn in asked)
            (await turn.WaitAsync(TimeSpan.FromSeconds(60)))!.Dispose(); // each in its turn: none is lost
    }

    [Test]
    public async Task S50_a_persons_queue_of_searches_is_bounded()
    {
        using var limits = Shipped();
        var busy = Person(Val, null);
        var most = RateLimits.Defaults[LimitKind.Search].Parallel!.Value + RateLimits.MostWaiting;
        var asked = Enumerable.Range(0, most).Select(_ => limits.Enter(LimitKind.Search, busy, default).AsTask()).ToList();
        Assert.That((await Refusal(limits, LimitKind.Search, busy))?.Code, Is.EqualTo("too_many_requests"));
        foreach (var turn in asked)
            (await turn.WaitAsync(TimeSpan.FromSeconds(60)))!.Dispose();
    }

    [Test]
    public void The_host_itself_is_not_limited()
    {
        using var limits = Shipped();
        var host = new CallContext();
        host.ActAsSystem("test");
        Assert.DoesNotThrowAsync(async () =>
        {
            for (var i = 0; i < 1_000; i++)
                await limits.Enter(LimitKind.Export, host, default);
        });
    }

    [Test]
    public async Task Limits_are_configurable_and_a_senseless_one_stops_the_start()
    {
        using var tight = Shipped(("Limits:Export:Burst", "2"), ("Limits:HubConnections", "3"));
        var somebody = Person(Val, null);
        Assert.That((await UntilRefused(tight, LimitKind.Export, () => somebody)).Taken, Is.InRange(2, 4));
        Assert.That(tight.MostHubConnections, Is.EqualTo(3));
        Assert.That(() => Shipped(("Limits:Scale", "0")), Throws.TypeOf<StartRefusedException>().With.Message.Contains("Limits:Scale"));
    }

    private static RateLimits Shipped(params (string Key, string Value)[] settings) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)))
                .Build()
        );

    private static CallContext Person(Guid organisation, string? address)
    {
        var person = new CallContext { Address = address };
        person.SignIn(Guid.CreateVersion7(), organisation, Guid.CreateVersion7(), UserRights.None, "test");
        return person;
    }

    private static async Task<(int Taken, BusyException Refusal)> UntilRefused(RateLimits limits, LimitKind kind, Func<CallContext> who)
    {
        for (var taken = 0; taken < 10_000; taken++)
            if (await Refusal(limits, kind, who()) is { } refusal)
                return (taken, refusal);
        throw new AssertionException("There is no limit.");
    }

    private static async Task<BusyException?> Refusal(RateLimits limits, LimitKind kind, CallContext who)
    {
        try
        {
            (await limits.Enter(kind, who, default))?.Dispose();
            return null;
        }
        catch (BusyException refusal)
        {
            return refusal;
        }
    }
}
