using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Audit;
using Parceo.Platform.Events;

namespace Parceo.Platform.Data;

/// <summary>The platform's own tables: audit trail and its seals, the register of subscribers, leases of single workers, the cookie-protection key ring.</summary>
public abstract class PlatformDb(DbContextOptions options) : ParceoDb(options), IDataProtectionKeyContext
{
    internal const string Schema = "platform";

    /// <inheritdoc/>
    protected override string Module => Schema;

    /// <summary>The audit trail, appended to by every module in its own transaction (S31).</summary>
    public DbSet<AuditRow> Audit => Set<AuditRow>();

    /// <summary>The hash chains over it, one an organisation (S32).</summary>
    public DbSet<AuditSealRow> Seals => Set<AuditSealRow>();

    /// <summary>Where chains begin since their oldest links were removed (S33).</summary>
    public DbSet<AuditTombstoneRow> Tombstones => Set<AuditTombstoneRow>();

    /// <summary>Legal holds on the trail (S33).</summary>
    public DbSet<AuditHoldRow> AuditHolds => Set<AuditHoldRow>();

    /// <summary>Which keys this database was written with.</summary>
    public DbSet<KeyFingerprintRow> KeyFingerprints => Set<KeyFingerprintRow>();

    /// <summary>Who is owed which events, whichever node has them.</summary>
    internal DbSet<SubscriberRow> Subscribers => Set<SubscriberRow>();

    /// <summary>Who does the work that only one node may do.</summary>
    public DbSet<LeaseRow> Leases => Set<LeaseRow>();

    /// <inheritdoc/>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        AuditRow.Map(modelBuilder, owner: true);
        AuditSealRow.Map(modelBuilder);
        AuditTombstoneRow.Map(modelBuilder);
        AuditHoldRow.Map(modelBuilder);
        SubscriberRow.Map(modelBuilder, owner: true);
        modelBuilder.Entity<LeaseRow>().HasKey(l => l.Name);
        modelBuilder.Entity<KeyFingerprintRow>(e =>
        {
            e.HasKey(k => k.Name);
            e.Property(k => k.Print).HasMaxLength(32);
        });
        Table<KeyFingerprintRow>(modelBuilder, "key_fingerprint");
        modelBuilder.Entity<DataProtectionKey>().Property(k => k.Xml).HasMaxLength(-1);
        ApplyNames(modelBuilder);
    }
}

internal sealed class PlatformDbSqlite(DbContextOptions<PlatformDbSqlite> o) : PlatformDb(o);

internal sealed class PlatformDbPostgreSql(DbContextOptions<PlatformDbPostgreSql> o) : PlatformDb(o);

internal sealed class PlatformDbSqlServer(DbContextOptions<PlatformDbSqlServer> o) : PlatformDb(o);

/// <summary>A key's fingerprint, kept at the first start, so that another key is recognised before it does harm (S30).</summary>
public sealed class KeyFingerprintRow(string name, byte[] print)
{
    /// <summary>The key's name.</summary>
    public string Name { get; private set; } = name;

    /// <summary>A keyed hash of a constant.</summary>
    public byte[] Print { get; private set; } = print;
}

/// <summary>A named right to do some work, held by one node until a time.</summary>
public sealed class LeaseRow
{
    /// <summary>What the work is called.</summary>
    public string Name { get; set; } = "";

    /// <summary>The node.</summary>
    public Guid Owner { get; set; }

    /// <summary>Held until then.</summary>
    public DateTimeOffset Until { get; set; }
}
