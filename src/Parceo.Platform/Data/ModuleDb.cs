using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Platform.Events;

namespace Parceo.Platform;

/// <summary>A row that belongs to one organisation: seen only from a session in it (S15).</summary>
public interface IOwned
{
    /// <summary>The organisation.</summary>
    Guid OrganisationId { get; }
}

/// <summary>
/// A module's own database context. Adds outbox, deliveries, inbox and remembered answers to the module's tables, and the
/// organisation filter to everything <see cref="IOwned"/>. The pipeline saves; handlers only change entities.
/// </summary>
public abstract class ModuleDb : ParceoDb
{
    private readonly CallContext? user;
    private readonly OutboxSignal? signal;

    /// <summary>Made by the container, once per scope.</summary>
    protected ModuleDb(DbContextOptions options)
        : base(options)
    {
        user = Services?.GetService<CallContext>();
        signal = Services?.GetService<OutboxSignal>();
        Services?.GetService<ScopeDbs>()?.Add(this);
    }

    /// <summary>Events waiting for delivery.</summary>
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    /// <summary>What of them each subscriber has still to take in.</summary>
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    /// <summary>Who is owed events, whichever node has them: the platform's register, read only.</summary>
    internal DbSet<SubscriberRow> Subscribers => Set<SubscriberRow>();

    /// <summary>Events already taken in, by subscriber.</summary>
    public DbSet<InboxRow> Inbox => Set<InboxRow>();

    /// <summary>Remembered answers (S53).</summary>
    public DbSet<IdempotencyRow> Idempotency => Set<IdempotencyRow>();

    /// <summary>The caller, for query filters.</summary>
    protected ICurrentUser User => user ?? Nobody;
    private static readonly CallContext Nobody = new();

    /// <summary>For filters: the host itself sees every organisation.</summary>
    protected bool SeesAll => User.IsSystem;

    /// <summary>For filters: the session's organisation.</summary>
    protected Guid OwnOrganisation => User.OrganisationId;

    /// <summary>
    /// Adds an event to the outbox, in the same transaction as the change it tells of (S55). Events with the same
    /// <paramref name="key"/> (the aggregate's id) are delivered in order.
    /// </summary>
    public void Publish(IIntegrationEvent e, Guid key)
    {
        var services = Services ?? throw new InvalidOperationException("No services: events are published at run time only.");
        Outbox.Add(
            new OutboxRow(
                services.GetRequiredService<IIds>().New(),
                EventCatalog.NameOf(e.GetType()),
                key,
                EventCatalog.Serialize(e),
                User.CorrelationId,
                services.GetRequiredService<TimeProvider>().GetUtcNow()
            )
        );
    }

    /// <summary>The module's own mapping.</summary>
    protected abstract void Map(ModelBuilder model);

    /// <inheritdoc/>
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Map(modelBuilder);
        MapPlatformTables(modelBuilder);
        foreach (
            var entity in modelBuilder
                .Model.GetEntityTypes()
                .Where(e => typeof(IOwned).IsAssignableFrom(e.ClrType) && e.GetDeclaredQueryFilters().Count == 0)
                .ToList()
        )
        {
            entity.SetQueryFilter(OwnedFilter(entity));
        }
        ApplyNames(modelBuilder);
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var publishes = ChangeTracker.Entries<OutboxRow>().Any(e => e.State == EntityState.Added);
        var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (publishes)
            signal?.Wake(Module);
        return written;
    }

    private LambdaExpression OwnedFilter(IMutableEntityType entity)
    {
        var row = Expression.Parameter(entity.ClrType, "row");
        var self = Expression.Constant(this);
        var body = Expression.OrElse(
            Expression.Property(self, nameof(SeesAll)),
            Expression.Equal(Expression.Property(row, nameof(IOwned.OrganisationId)), Expression.Property(self, nameof(OwnOrganisation)))
        );
        return Expression.Lambda(body, row);
    }

    private static void MapPlatformTables(ModelBuilder model)
    {
        model.Entity<OutboxRow>(e =>
        {
            e.HasKey(r => r.Seq);
            e.Property(r => r.Seq).ValueGeneratedOnAdd();
            e.Property(r => r.Payload).HasMaxLength(-1);
            e.Property(r => r.FannedOut).IsConcurrencyToken(); // of two nodes one fans an event out
            e.HasIndex(r => new { r.FannedOut, r.Seq });
            e.HasIndex(r => r.EventId).IsUnique();
        });
        Table<DeliveryRow>(model, "outbox_delivery");
        model.Entity<DeliveryRow>(e =>
        {
            e.Property(d => d.Id).ValueGeneratedOnAdd();
            e.Property(d => d.Event).HasMaxLength(200);
            e.Property(d => d.Subscriber).HasMaxLength(200);
            e.HasIndex(d => new { d.Seq, d.Subscriber }).IsUnique();
            e.HasIndex(d => new { d.Key, d.Seq });
            e.HasIndex(d => d.NextAttemptAt);
        });
        model.Entity<InboxRow>(e =>
        {
            e.HasKey(r => new { r.EventId, r.Subscriber });
            e.HasIndex(r => r.At);
        });
        model.Entity<IdempotencyRow>(e =>
        {
            e.HasKey(r => new { r.UserId, r.Key });
            e.Property(r => r.Response).HasMaxLength(-1);
            e.HasIndex(r => r.At);
        });
        AuditRow.Map(model, owner: false);
        Table<AuditRow>(model, "audit", PlatformDb.Schema);
        SubscriberRow.Map(model, owner: false);
        Table<SubscriberRow>(model, "subscriber", PlatformDb.Schema);
    }
}

/// <summary>An answer kept so that the same key gets it again for at least 24 h (S53).</summary>
public sealed class IdempotencyRow(Guid userId, string key, string request, byte[] hash, string response, DateTimeOffset at)
{
    /// <summary>Whose key: keys of different people never meet.</summary>
    public Guid UserId { get; private set; } = userId;

    /// <summary>The client's key.</summary>
    public string Key { get; private set; } = key;

    /// <summary>Name of the request.</summary>
    public string Request { get; private set; } = request;

    /// <summary>SHA-256 of the request.</summary>
    public byte[] Hash { get; private set; } = hash;

    /// <summary>The answer as JSON.</summary>
    public string Response { get; private set; } = response;

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; } = at;
}

/// <summary>The contexts that the current scope has opened, so that the pipeline can save what changed.</summary>
internal sealed class ScopeDbs
{
    private readonly List<ModuleDb> dbs = [];

    public void Add(ModuleDb db) => dbs.Add(db);

    public List<ModuleDb> Changed() => dbs.FindAll(d => d.ChangeTracker.HasChanges());
}
