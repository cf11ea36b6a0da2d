using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Platform;
using Parceo.Platform.Data;
using static Parceo.Testing.Expect;

namespace Parceo.Access.Tests.Features;

[TestFixtureSource(typeof(Engines))]
public sealed class ServiceStateTests(Engine engine)
{
    private readonly Counter counter = new();
    private ParceoHost host = null!;
    private SignedIn people = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        people = new SignedIn(
            host = await ParceoHost.Start(engine, demo: true, services: s =>
                s.ConfigureDbContext<AccessDbSqlite>(o => o.AddInterceptors(counter))
                    .ConfigureDbContext<AccessDbPostgreSql>(o => o.AddInterceptors(counter))
                    .ConfigureDbContext<AccessDbSqlServer>(o => o.AddInterceptors(counter))
            )
        );

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private static TestUser Administrator(Guid organisation) =>
        TestUser.Regulator() with
        {
            OrganisationId = organisation,
            Roles = [Roles.Administrator],
        };

    [Test]
    public async Task Administrators_of_the_installation_see_how_it_stands_and_nobody_else()
    {
        var shown = await host.Send(Administrator(DemoCast.Val.Id), new ShowServiceState.Query());
        Assert.That(
            shown.Figures.Select(f => f.Figure.Name),
            Is.SupersetOf(new[] { "outbox.oldest", "outbox.dead_letters", "audit.unsealed" })
        );
        Assert.That(shown.Jobs.Select(j => j.Name), Does.Contain("slots.release-holds"));

        var coordinator = Administrator(DemoCast.Val.Id) with { Roles = [Roles.Coordinator] };
        Assert.That((await Refused(() => host.Send(coordinator, new ShowServiceState.Query()))).Code, Is.EqualTo("forbidden"));

        var house = Guid.CreateVersion7();
        await people.Db(db =>
        {
            db.Organisations.Add(
                new Organisation(house, OrganisationKind.HealthHouse, $"Maison {house:n}", DemoCast.Val.Id, host.Clock.GetUtcNow())
            );
            return db.SaveChangesAsync();
        });
        Assert.That((await Refused(() => host.Send(Administrator(house), new ShowServiceState.Query()))).Code, Is.EqualTo("forbidden"));
    }

    [Test]
    public async Task Organisations_come_by_name_and_not_by_its_bytes_page_after_page()
    {
        var mark = Guid.CreateVersion7().ToString("n");
        string[] sorted = [.. Enumerable.Range(10, 45).Select(n => $"Épinal {n} {mark}"), $"évreux {mark}", $"Zola {mark}"];
        await people.Db(db =>
        {
            foreach (var name in sorted.Reverse())
                db.Organisations.Add(new(Guid.CreateVersion7(), OrganisationKind.HealthHouse, name, null, host.Clock.GetUtcNow()));
            return db.SaveChangesAsync();
        });
        List<string> seen = [];
        string? after = null;
        do
        {
            var page = await host.Send(Administrator(DemoCast.Val.Id), new ListOrganisations.Query(after));
            seen.AddRange(page.Organisations.Select(o => o.Name));
            after = page.Next;
        } while (after is not null);
        Assert.That(seen.Where(n => n.Contains(mark, StringComparison.Ordinal)), Is.EqualTo(sorted));
        Assert.That(seen, Is.Unique);
    }

    [Test]
    public async Task S9_A_node_looks_at_all_its_open_pages_in_some_queries_not_some_for_each()
    {
        var sessions = new List<Guid>();
        foreach (var person in DemoCast.All.Take(12))
            sessions.Add(await people.Demo(person));
        var rights = host.Services.GetRequiredService<IUserRightsSource>();
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        counter.Reads = 0;
        await rights.Refresh(sessions, default);
        foreach (var id in sessions)
            Assert.That(await people.Credential(id), Is.Not.Null);
        Assert.That(counter.Reads, Is.InRange(1, 8)); // of twelve people; one asks which organisation runs the installation

        await people.Db(db =>
            db.Sessions.Where(s => s.Id == sessions[0])
                .Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, host.Clock.GetUtcNow())), default)
        );
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        await rights.Refresh(sessions, default);
        Assert.That(await people.Credential(sessions[0]), Is.Null, "it has ended");
        Assert.That(await people.Credential(sessions[1]), Is.Not.Null);
    }

    private sealed class Counter : DbCommandInterceptor
    {
        public int Reads;

        public override ValueTask<InterceptionResult<System.Data.Common.DbDataReader>> ReaderExecutingAsync(
            System.Data.Common.DbCommand command,
            CommandEventData eventData,
            InterceptionResult<System.Data.Common.DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            Interlocked.Increment(ref Reads);
            return new(result);
        }
    }
}
