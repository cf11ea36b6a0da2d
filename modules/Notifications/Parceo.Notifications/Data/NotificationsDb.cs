using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Domain;
using Parceo.Platform;

namespace Parceo.Notifications.Data;

/// <summary>Tables of the module. Everything belongs to a person and is seen by them alone.</summary>
internal abstract class NotificationsDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "notifications";

    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<Device> Devices => Set<Device>();
    public DbSet<Preferences> Preferences => Set<Preferences>();

    private Guid Me => User.Id;

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Notice>(e =>
        {
            e.HasKey(n => n.Id);
            e.Property(n => n.Subject).HasMaxLength(40);
            e.Property(n => n.Text).HasMaxLength(160);
            e.Property(n => n.Link).HasMaxLength(200);
            // Of two rounds that overlap one tells; what was read meanwhile is not told.
            e.Property(n => n.NextPushAt).IsConcurrencyToken();
            e.Property(n => n.MailAt).IsConcurrencyToken();
            e.HasQueryFilter(n => SeesAll || n.PersonId == Me);
            e.HasIndex(n => new { n.PersonId, n.EventId }).IsUnique();
            e.HasIndex(n => new { n.PersonId, n.At });
            e.HasIndex(n => n.Topic);
            e.HasIndex(n => n.NextPushAt);
            e.HasIndex(n => n.MailAt);
        });
        model.Entity<Device>(e =>
        {
            e.HasKey(d => d.Id);
            e.Property(d => d.Endpoint).HasMaxLength(400);
            e.Property(d => d.Name).HasMaxLength(80);
            // No filter: a browser that changed hands is found by its endpoint (RegisterDevice); the rest asks by person.
            e.HasIndex(d => d.Endpoint).IsUnique();
            e.HasIndex(d => d.PersonId);
        });
        model.Entity<Preferences>(e =>
        {
            e.HasKey(p => p.PersonId);
            e.Property(p => p.Muted).HasMaxLength(200);
            e.Property(p => p.ByMail).HasMaxLength(200);
            e.Property(p => p.Zone).HasMaxLength(40);
            e.Property(p => p.MailedAt).IsConcurrencyToken();
            e.HasQueryFilter(p => SeesAll || p.PersonId == Me);
        });
    }
}

internal sealed class NotificationsDbSqlite(DbContextOptions<NotificationsDbSqlite> o) : NotificationsDb(o);

internal sealed class NotificationsDbPostgreSql(DbContextOptions<NotificationsDbPostgreSql> o) : NotificationsDb(o);

internal sealed class NotificationsDbSqlServer(DbContextOptions<NotificationsDbSqlServer> o) : NotificationsDb(o);
