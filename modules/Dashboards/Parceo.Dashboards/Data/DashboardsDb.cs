using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Parceo.Dashboards.Contracts;
using Parceo.Dashboards.Domain;
using Parceo.Dashboards.Services;
using Parceo.Platform;

namespace Parceo.Dashboards.Data;

/// <summary>Facts are seen by the organisation that regulates them and, with the right, by those of the territory.</summary>
internal abstract class DashboardsDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "dashboards";

    public DbSet<BookingFact> Bookings => Set<BookingFact>();
    public DbSet<OrientationFact> Orientations => Set<OrientationFact>();
    public DbSet<InvitationFact> Invitations => Set<InvitationFact>();
    public DbSet<RangeFact> Ranges => Set<RangeFact>();
    public DbSet<Target> Targets => Set<Target>();

    private bool ReadsTerritory => User.Can(DashboardsPermissions.ReadTerritory);
    private bool ReadsOwn => User.Can(DashboardsPermissions.ReadOwn);
    private IReadOnlyCollection<string> Territory => User.Rights.Departements;
    private IReadOnlyCollection<string> Communes => User.Rights.Communes;

    protected override void Map(ModelBuilder model)
    {
        Fact<BookingFact>(model, nameof(BookingFact.BookingId), e =>
        {
            e.Property(v => v.Outcome).HasConversion<string>().HasMaxLength(16);
            e.Property<string>("slotDepartement").HasMaxLength(3);
            e.Property<string>("callDepartement").HasMaxLength(3);
            e.Property<string?>("slotCommune").HasMaxLength(5);
            e.Property<string?>("callCommune").HasMaxLength(5);
        });
        Fact<OrientationFact>(model, nameof(OrientationFact.OrientationId));
        Fact<InvitationFact>(model, nameof(InvitationFact.InvitationId));
        Fact<RangeFact>(model, nameof(RangeFact.RangeId));
        model.Entity<Target>(e =>
        {
            e.HasKey(t => t.Id);
            e.Property(t => t.Id).ValueGeneratedNever();
            e.Property(t => t.Indicator).HasConversion<string>().HasMaxLength(16);
            e.Property(t => t.Source).HasMaxLength(200);
            e.Property(t => t.AuthorName).HasMaxLength(200);
            e.HasIndex(t => new
            {
                t.OrganisationId,
                t.Indicator,
                t.From,
            });
        });
    }

    private void Fact<T>(ModelBuilder model, string key, Action<EntityTypeBuilder<T>>? more = null)
        where T : Fact =>
        model.Entity<T>(e =>
        {
            e.HasKey(key);
            e.Property(key).ValueGeneratedNever();
            e.Property(f => f.Departement).HasMaxLength(3);
            e.Property(f => f.Commune).HasMaxLength(5);
            e.Property(f => f.Version).IsConcurrencyToken();
            e.HasQueryFilter(f =>
                SeesAll
                || (
                    ReadsOwn && (f.OrganisationId == OwnOrganisation || f.OrganisationId == Guid.Empty && Territory.Contains(f.Departement))
                )
                || (ReadsTerritory && (Territory.Contains(f.Departement) || Communes.Contains(f.Commune!)))
            );
            // One perimeter, one period: each question reads a range of one of these.
            e.HasIndex(f => new { f.OrganisationId, f.Day });
            e.HasIndex(f => new { f.Departement, f.Day });
            e.HasIndex(f => new { f.Commune, f.Day });
            more?.Invoke(e);
        });
}

internal sealed class DashboardsDbSqlite(DbContextOptions<DashboardsDbSqlite> o) : DashboardsDb(o);

internal sealed class DashboardsDbPostgreSql(DbContextOptions<DashboardsDbPostgreSql> o) : DashboardsDb(o);

internal sealed class DashboardsDbSqlServer(DbContextOptions<DashboardsDbSqlServer> o) : DashboardsDb(o);
