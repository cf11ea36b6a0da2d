using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Data;

/// <summary>Tables of the module. Ranges are seen inside the caller's territory or on their own agenda; bookings by the organisation that made them and the professional who receives (S15, S22).</summary>
internal abstract class SlotsDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "slots";

    public DbSet<SlotRange> Ranges => Set<SlotRange>();
    public DbSet<Hold> Holds => Set<Hold>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<Calendar> Calendars => Set<Calendar>();
    public DbSet<Agenda> Agendas => Set<Agenda>();
    public DbSet<Absence> Absences => Set<Absence>();
    public DbSet<OutsideAgenda> OutsideAgendas => Set<OutsideAgenda>();
    public DbSet<BusyTime> BusyTimes => Set<BusyTime>();
    public DbSet<Plan> Plans => Set<Plan>();
    public DbSet<RadiusSetting> Radii => Set<RadiusSetting>();

    private IReadOnlyCollection<string> Territory => User.Rights.Departements;
    private IReadOnlyCollection<string> Communes => User.Rights.Communes;
    private IReadOnlyCollection<Guid> OwnAgendas => User.Rights.PractitionerIds;
    private Guid ReachedRange { get; set; }

    /// <summary>
    /// A booking or hold that the caller may see opens its range to them, wherever it lies: what an organisation took it
    /// can always give back, even when its territory has changed since.
    /// </summary>
    public void Reach(Guid range) => ReachedRange = range;

    protected override void Map(ModelBuilder model)
    {
        model.Entity<SlotRange>(e =>
        {
            e.HasKey(r => r.Id);
            e.Property(r => r.Version).IsConcurrencyToken();
            e.Property(r => r.Mode).HasConversion<string>().HasMaxLength(16);
            e.Property(r => r.Skill).HasMaxLength(60);
            e.Property(r => r.Departement).HasMaxLength(3);
            e.Property(r => r.CommuneCode).HasMaxLength(5);
            e.Property(r => r.Note).HasMaxLength(200);
            e.HasMany(r => r.Holds).WithOne().HasForeignKey(h => h.RangeId).OnDelete(DeleteBehavior.Cascade);
            e.HasQueryFilter(r =>
                SeesAll
                || Territory.Contains(r.Departement)
                || Communes.Contains(r.CommuneCode!)
                || OwnAgendas.Contains(r.PractitionerId)
                || r.Id == ReachedRange
            );
            // The search's index: free ranges of a cell and département by start; everything the search filters and sorts by is in
            // it, so that it reads no row. SQLite wants the filter's own column in it for that.
            string[] keys =
            [
                nameof(SlotRange.Cell),
                nameof(SlotRange.Departement),
                nameof(SlotRange.Start),
                nameof(SlotRange.Skill),
                nameof(SlotRange.Mode),
                nameof(SlotRange.Latitude),
                nameof(SlotRange.Longitude),
                nameof(SlotRange.Shuffle),
                nameof(SlotRange.CommuneCode),
            ];
            var search = e.HasIndex(Database.IsSqlite() ? [.. keys, nameof(SlotRange.Open)] : keys)
                .HasFilter(
                    Database.IsSqlServer() ? "[open] = CAST(1 AS bit)"
                    : Database.IsNpgsql() ? "open"
                    : "open = 1"
                );
            if (Database.IsNpgsql())
                NpgsqlIndexBuilderExtensions.IncludeProperties(search, nameof(SlotRange.Id));
            e.HasIndex(r => new { r.CalendarId, r.Start });
            e.HasIndex(r => new { r.PractitionerId, r.Start });
            // A plan's date is published once, however often the job runs.
            e.HasIndex(r => new
                {
                    r.PlanId,
                    r.PlanDate,
                    r.PlanNumber,
                })
                .IsUnique()
                .HasFilter(Column("plan_id") + " IS NOT NULL");
            e.ToTable(t =>
                t.HasCheckConstraint(
                    "ck_slot_range_places",
                    Column("places_left") + " >= 0 AND " + Column("places_left") + " <= " + Column("capacity")
                )
            );
        });
        model.Entity<Hold>(e =>
        {
            e.HasKey(h => h.Id);
            e.HasIndex(h => new { h.RangeId, h.Place }).IsUnique();
            e.HasIndex(h => h.Until);
            e.HasIndex(h => h.RegulatorId).IsUnique(); // one at a time, whatever the code does (W1.4)
        });
        model.Entity<Booking>(e =>
        {
            e.HasKey(b => b.Id);
            e.Property(b => b.Version).IsConcurrencyToken();
            e.Property(b => b.CaseReference).HasMaxLength(64);
            e.Property(b => b.Departement).HasMaxLength(3);
            e.Property(b => b.State).HasConversion<string>().HasMaxLength(16);
            e.Property(b => b.Sex).HasConversion<string>().HasMaxLength(16);
            e.Property(b => b.Mode).HasConversion<string>().HasMaxLength(16);
            e.HasQueryFilter(b => SeesAll || b.OrganisationId == OwnOrganisation || OwnAgendas.Contains(b.PractitionerId));
            // D27: whatever the code does, no place of a range is booked twice.
            e.HasIndex(b => new { b.RangeId, b.Place }).IsUnique().HasFilter(Column("place") + " IS NOT NULL");
            // An orientation has one live booking, whoever books it and wherever.
            // Within an organisation: an id that another one made up keeps nobody from their own case.
            e.HasIndex(b => new { b.OrganisationId, b.OrientationId })
                .IsUnique()
                .HasFilter(Column("orientation_id") + " IS NOT NULL AND " + Column("place") + " IS NOT NULL");
            e.HasIndex(b => new
            {
                b.OrganisationId,
                b.RegulatorId,
                b.BookedAt,
            });
            e.HasIndex(b => new { b.OrganisationId, b.BookedAt }); // the table that leaves
            e.HasIndex(b => new { b.PractitionerId, b.Start });
            e.HasIndex(b => new { b.State, b.End }); // outcomes that are missing
        });
        model.Entity<Calendar>(e =>
        {
            e.HasKey(c => c.Id);
            e.Property(c => c.Skill).HasMaxLength(60);
            e.Property(c => c.Departement).HasMaxLength(3);
            e.Property(c => c.CommuneCode).HasMaxLength(5);
            e.HasIndex(c => c.PractitionerId);
            e.HasIndex(c => new { c.Cell, c.Skill }); // whom a wave may reach
        });
        model.Entity<Agenda>(e =>
        {
            e.HasKey(a => a.PractitionerId);
            e.Property(a => a.OverCapacityNote).HasMaxLength(200);
            e.Property(a => a.Version).IsConcurrencyToken();
        });
        model.Entity<Absence>(e =>
        {
            e.HasKey(a => a.Id);
            e.Property(a => a.Version).IsConcurrencyToken();
            e.HasIndex(a => new { a.PractitionerId, a.From });
        });
        model.Entity<OutsideAgenda>(e =>
        {
            e.HasKey(a => a.Id);
            e.Property(a => a.Version).IsConcurrencyToken();
            e.Property(a => a.Host).HasMaxLength(255);
            e.Property(a => a.Failure).HasMaxLength(60);
            e.Property(a => a.AsideCode).HasMaxLength(60);
            e.Property(a => a.ETag).HasMaxLength(200);
            e.HasMany<BusyTime>().WithOne().HasForeignKey(t => t.AgendaId).OnDelete(DeleteBehavior.Cascade);
            e.HasIndex(a => a.PractitionerId);
            e.HasIndex(a => a.NextReadAt);
        });
        model.Entity<BusyTime>(e =>
        {
            e.HasKey(t => new
            {
                t.AgendaId,
                t.Start,
                t.End,
            });
            e.HasIndex(t => new
            {
                t.PractitionerId,
                t.End,
                t.Start,
            });
        });
        model.Entity<Plan>(e =>
        {
            e.HasKey(p => p.Id);
            e.Property(p => p.Version).IsConcurrencyToken();
            e.Property(p => p.Mode).HasConversion<string>().HasMaxLength(16);
            e.Property(p => p.School).HasConversion<string>().HasMaxLength(16);
            e.Property(p => p.Note).HasMaxLength(200);
            e.Property(p => p.Departement).HasMaxLength(3);
            e.HasMany(p => p.Dates).WithOne().HasForeignKey(d => d.PlanId).OnDelete(DeleteBehavior.Cascade);
            e.HasIndex(p => new { p.PractitionerId, p.First });
            e.HasIndex(p => p.PublishedUntil);
        });
        model.Entity<PlanDate>(e => e.HasKey(d => new { d.PlanId, d.Date }));
        model.Entity<RadiusSetting>(e =>
        {
            e.HasKey(r => r.Departement);
            e.Property(r => r.Departement).HasMaxLength(3);
            e.Property(r => r.Version).IsConcurrencyToken();
        });
    }

    private string Column(string name) => Database.IsSqlServer() ? $"[{name}]" : $"\"{name}\"";
}

internal sealed class SlotsDbSqlite(DbContextOptions<SlotsDbSqlite> o) : SlotsDb(o);

internal sealed class SlotsDbPostgreSql(DbContextOptions<SlotsDbPostgreSql> o) : SlotsDb(o);

internal sealed class SlotsDbSqlServer(DbContextOptions<SlotsDbSqlServer> o) : SlotsDb(o);
