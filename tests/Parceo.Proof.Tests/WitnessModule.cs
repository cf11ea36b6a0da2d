using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Proof.Tests;

/// <summary>Writes down every booking it is told of, once for each time it is told: an effect must happen exactly once.</summary>
public sealed class WitnessModule : IParceoModule
{
    public string Name => "witness";

    public void AddServices(ModuleBuilder module) => module.AddDb<WitnessDb>();

    /// <summary>From the model, since a test has no migrations; once a database.</summary>
    public static async Task CreateTables(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WitnessDb>();
        var tables = (RelationalDatabaseCreator)db.GetService<IDatabaseCreator>();
        try
        {
            await db.Seen.AnyAsync();
        }
        catch (System.Data.Common.DbException)
        {
            await tables.CreateTablesAsync();
        }
    }
}

/// <summary>One delivery.</summary>
public sealed class Seen
{
    public long Id { get; set; }
    public Guid BookingId { get; set; }
    public Guid RangeId { get; set; }
}

public abstract class WitnessDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "witness";
    public DbSet<Seen> Seen => Set<Seen>();

    protected override void Map(ModelBuilder model) => model.Entity<Seen>().HasIndex(s => s.BookingId);
}

internal sealed class WitnessDbSqlite(DbContextOptions<WitnessDbSqlite> o) : WitnessDb(o);

internal sealed class WitnessDbPostgreSql(DbContextOptions<WitnessDbPostgreSql> o) : WitnessDb(o);

internal sealed class WitnessDbSqlServer(DbContextOptions<WitnessDbSqlServer> o) : WitnessDb(o);

internal sealed class OnSlotBooked(WitnessDb db) : IReaction<SlotBooked, WitnessDb>
{
    public Task Handle(SlotBooked e, CancellationToken ct)
    {
        db.Seen.Add(new Seen { BookingId = e.BookingId, RangeId = e.RangeId });
        return Task.CompletedTask;
    }
}

/// <summary>An event that no other version of the host knows.</summary>
[EventName("slots.called-again.v1")]
public sealed record CalledAgain(Guid BookingId) : IIntegrationEvent;

internal sealed class OnCalledAgain(WitnessDb db) : IReaction<CalledAgain, WitnessDb>
{
    public Task Handle(CalledAgain e, CancellationToken ct)
    {
        db.Seen.Add(new Seen { BookingId = e.BookingId });
        return Task.CompletedTask;
    }
}
