using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Platform.Tests.Probe;
using Parceo.Platform.Tests.Probe.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Platform.Tests;

[TestFixtureSource(typeof(EveryEngine))]
internal sealed class SenderTests(Engine engine)
{
    private ParceoHost host = null!;
    private readonly TestUser nadia = TestUser.Regulator();

    [OneTimeSetUp]
    public async Task Start() => host = await ProbeModule.Host(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private Task<CountUp.Response> Count(Guid id, string? key = null, int by = 1, TestUser? who = null) =>
        host.Send(who ?? nadia, new CountUp.Command(id, by), key);

    private Task<int> ValueOf(Guid id) =>
        host.With<ProbeDb, int>(db => db.Tallies.Where(t => t.Id == id).Select(t => t.Value).SingleAsync());

    [Test]
    public async Task Each_send_has_a_scope_of_its_own_and_knows_its_depth() =>
        Assert.That(await host.Send(nadia, new Echo.Command("depth", 0, null, null)), Is.EqualTo("1"));

    [Test]
    public async Task What_the_host_itself_sends_from_within_a_request_is_deeper_than_it() =>
        Assert.That(await host.Send(nadia, new AskAsTheHost.Query()), Is.EqualTo("2"));

    [Test]
    public async Task S57_Lost_races_are_run_again_until_every_change_is_in()
    {
        var id = Guid.CreateVersion7();
        await Count(id);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Count(id)));
        Assert.That(await ValueOf(id), Is.EqualTo(33));
    }

    [Test]
    public async Task S57_After_forty_reruns_the_caller_is_told_and_nothing_is_published()
    {
        var id = Guid.CreateVersion7();
        await Count(id);
        var faults = host.Services.GetRequiredService<Faults>();
        var before = faults.Runs;
        var refusal = await Refused(() => host.Send(nadia, new LoseAlways.Command(id)));
        Assert.Multiple(async () =>
        {
            Assert.That((refusal.Code, refusal.Status), Is.EqualTo(("concurrent_change", 409)));
            Assert.That(faults.Runs - before, Is.EqualTo(41));
            Assert.That(await ValueOf(id), Is.EqualTo(1));
            Assert.That(await host.With<ProbeDb, int>(db => db.Outbox.CountAsync(o => o.Key == id)), Is.Zero);
            Assert.That(await host.With<ProbeDb, int>(db => db.Taken.CountAsync(o => o.Key == id)), Is.Zero);
        });
    }

    [Test]
    public async Task S13_Who_lacks_the_permission_is_refused_and_the_refusal_is_traced()
    {
        var secretary = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Treasurer);
        var id = Guid.CreateVersion7();
        var refusal = await Refused(() => Count(id, who: secretary));
        var traces = await Traces(secretary);
        Assert.Multiple(() =>
        {
            Assert.That((refusal.Code, refusal.Status), Is.EqualTo(("forbidden", 403)));
            Assert.That(traces.Select(t => (t.Action, t.Outcome)), Is.EqualTo(new[] { ("CountUp", "forbidden") }));
        });
    }

    [Test]
    public async Task S13_Nobody_is_refused_with_401()
    {
        var nobody = new TestUser(Guid.Empty, Guid.Empty);
        Assert.That((await Refused(() => Count(Guid.CreateVersion7(), who: nobody))).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task S3_A_sensitive_permission_waits_for_the_second_factor() =>
        Assert.That(
            (await Refused(() => host.Send(nadia with { SecondFactor = false }, new ReadSecrets.Query()))).Code,
            Is.EqualTo("second_factor_needed")
        );

    [Test]
    public async Task S15_Rows_of_another_organisation_do_not_exist()
    {
        var (mine, theirs) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.With<ProbeDb, int>(db =>
        {
            db.AddRange(
                new Secret { Id = mine, OrganisationId = nadia.OrganisationId },
                new Secret { Id = theirs, OrganisationId = Guid.CreateVersion7() }
            );
            return db.SaveChangesAsync();
        });
        var seen = await host.Send(nadia, new ReadSecrets.Query());
        Assert.That(seen, Does.Contain(mine).And.Not.Contain(theirs));
    }

    [Test]
    public async Task S31_A_read_of_patients_data_is_traced_and_a_plain_request_that_changes_nothing_is_not()
    {
        var reader = TestUser.Regulator();
        await host.Send(reader, new ReadSecrets.Query());
        await host.Send(reader, new Echo.Command("hello", 0, null, null));
        Assert.That((await Traces(reader)).Select(t => t.Action), Is.EqualTo(new[] { "ReadSecrets" }));
    }

    [Test]
    public async Task A_wrong_request_names_its_fields()
    {
        var refusal = await Refused(() => Count(Guid.CreateVersion7(), by: 1000));
        Assert.That(((InvalidException)refusal).Errors.Keys, Is.EqualTo(new[] { "by" }));
    }

    [Test]
    public async Task S53_A_key_gets_its_first_answer_again_and_the_change_happens_once()
    {
        var id = Guid.CreateVersion7();
        var first = await Count(id, "a");
        var again = await Count(id, "a");
        Assert.That(again, Is.EqualTo(first));
        Assert.That(await ValueOf(id), Is.EqualTo(1));
    }

    [Test]
    public async Task S59_An_answer_that_another_version_remembered_with_a_member_more_or_less_is_given_again()
    {
        var (id, key) = (Guid.CreateVersion7(), $"versions-{Guid.CreateVersion7()}");
        var first = await Count(id, key);
        foreach (var stored in new[] { $$"""{"value":1,"stamp":"{{first.Stamp}}","addedLater":[{"x":1}]}""", """{"value":1}""" })
        {
            await host.With<ProbeDb, int>(db =>
                db.Idempotency.Where(i => i.Key == key)
                    .Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(i => i.Response, stored)), default)
            );
            Assert.That((await Count(id, key)).Value, Is.EqualTo(1));
        }
        Assert.That(await ValueOf(id), Is.EqualTo(1));
    }

    [Test]
    public void S59_A_member_that_a_version_added_and_nobody_set_does_not_make_another_request_of_it()
    {
        byte[] Print(object request) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(request, PlatformJson.Fingerprint);
        Assert.That(
            Print(
                new
                {
                    A = 1,
                    Added = (string?)null,
                    More = 0,
                }
            ),
            Is.EqualTo(Print(new { A = 1 }))
        );
        Assert.That(Print(new { A = 1, Added = "" }), Is.Not.EqualTo(Print(new { A = 1 })));
    }

    [Test]
    public async Task S53_Sixteen_deliveries_of_one_key_at_once_change_it_once()
    {
        var id = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Count(id, "at-once")));
        Assert.That(answers.Distinct().Count(), Is.EqualTo(1));
        Assert.That(await ValueOf(id), Is.EqualTo(1));
    }

    [Test]
    public async Task S53_A_key_with_another_body_or_another_request_is_refused()
    {
        var id = Guid.CreateVersion7();
        await Count(id, "b");
        Assert.Multiple(async () =>
        {
            Assert.That((await Refused(() => Count(id, "b", by: 2))).Status, Is.EqualTo(422));
            Assert.That((await Refused(() => host.Send(nadia, new Tick.Command(id, 1, 1), "b"))).Status, Is.EqualTo(422));
        });
    }

    [Test]
    public async Task S53_A_refused_request_leaves_its_key_free()
    {
        var id = Guid.CreateVersion7();
        await Refused(() => host.Send(nadia, new Tick.Command(id, 1, 1, ThenFail: true), "c"));
        Assert.That(await Count(id, "c"), Is.Not.Null);
    }

    private Task<List<AuditRow>> Traces(TestUser of) =>
        host.With<ProbeDb, List<AuditRow>>(db => db.Set<AuditRow>().Where(a => a.ActorId == of.Id).OrderBy(a => a.Id).ToListAsync());
}
