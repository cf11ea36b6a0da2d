using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Data;

/// <summary>
/// Tables of the module. An organisation sees its own; whoever has a whole département for territory (the SAS) sees what is
/// published there; a person sees the published duties they hold. Writing is for one's own organisation only: handlers
/// ask for <see cref="Own{T}"/>.
/// </summary>
internal abstract class RostersDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "rosters";

    public DbSet<Sector> Sectors => Set<Sector>();
    public DbSet<Roster> Rosters => Set<Roster>();
    public DbSet<Duty> Duties => Set<Duty>();
    public DbSet<RosterChange> Changes => Set<RosterChange>();
    public DbSet<Volunteer> Volunteers => Set<Volunteer>();
    public DbSet<Swap> Swaps => Set<Swap>();
    public DbSet<DutyTurn> Turns => Set<DutyTurn>();
    public DbSet<DutyHouse> Houses => Set<DutyHouse>();

    private IReadOnlyCollection<string> Territory => User.Rights.Departements;
    private Guid Me => User.Id;
    private Guid MyPractitioner => User.Rights.OwnPractitionerId ?? Guid.Empty;

    /// <summary>Rows of the caller's own organisation: what they may change.</summary>
    public IQueryable<T> Own<T>()
        where T : class, IOwned => Set<T>().Where(x => SeesAll || x.OrganisationId == OwnOrganisation);

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Sector>(e =>
        {
            e.HasKey(s => s.Id);
            e.Property(s => s.Id).ValueGeneratedNever();
            e.Property(s => s.Version).IsConcurrencyToken();
            e.Property(s => s.Kind).HasConversion<string>().HasMaxLength(16);
            e.Property(s => s.Name).HasMaxLength(120);
            e.Property(s => s.Departement).HasMaxLength(3);
            e.Property(s => s.Phone).HasMaxLength(30);
            AsJson<SectorCommune>(e.Property<List<SectorCommune>>("communes"));
            AsJson<DutyRule>(e.Property<List<DutyRule>>("rules"));
            e.Ignore(s => s.Communes);
            e.Ignore(s => s.Rules);
            e.HasQueryFilter(s =>
                SeesAll
                || s.OrganisationId == OwnOrganisation
                || Territory.Contains(s.Departement)
                || Duties.Any(d => d.SectorId == s.Id && d.Published && (d.HolderId == Me || d.HolderId == MyPractitioner))
            );
            e.HasIndex(s => new { s.OrganisationId, s.Name });
            e.HasIndex(s => s.Departement);
        });
        model.Entity<Roster>(e =>
        {
            e.HasKey(r => r.Id);
            e.Property(r => r.Id).ValueGeneratedNever();
            e.Property(r => r.Version).IsConcurrencyToken();
            e.Property(r => r.Departement).HasMaxLength(3);
            e.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
            AsJson<Guid>(e.Property<List<Guid>>("lastFill"));
            e.Ignore(r => r.LastFill);
            e.HasMany(r => r.Duties).WithOne().HasForeignKey(d => d.RosterId).OnDelete(DeleteBehavior.Cascade);
            e.HasMany(r => r.Changes).WithOne().HasForeignKey(c => c.RosterId).OnDelete(DeleteBehavior.Cascade);
            e.HasQueryFilter(r =>
                SeesAll || r.OrganisationId == OwnOrganisation || (r.Edition != null && Territory.Contains(r.Departement))
            );
            e.HasIndex(r => new { r.SectorId, r.Month }).IsUnique(); // one roster a month, however often it is prepared
            e.HasIndex(r => new { r.OrganisationId, r.Month });
        });
        model.Entity<Duty>(e =>
        {
            e.HasKey(d => d.Id);
            e.Property(d => d.Id).ValueGeneratedNever();
            e.Property(d => d.Version).IsConcurrencyToken();
            e.Property(d => d.Departement).HasMaxLength(3);
            e.Property(d => d.Label).HasMaxLength(60);
            e.Property(d => d.HolderName).HasMaxLength(200);
            e.Property(d => d.HolderPhone).HasMaxLength(60);
            e.HasQueryFilter(d =>
                SeesAll
                || d.OrganisationId == OwnOrganisation
                || (d.Published && (Territory.Contains(d.Departement) || d.HolderId == Me || d.HolderId == MyPractitioner))
            );
            e.HasIndex(d => new { d.SectorId, d.Start }).IsUnique(); // a period of a sector has one row
            e.HasIndex(d => new { d.HolderId, d.Start });
            e.HasIndex(d => new { d.OrganisationId, d.Start });
            e.HasIndex(d => new { d.Departement, d.Start });
        });
        model.Entity<RosterChange>(e =>
        {
            e.HasKey(c => c.Id);
            e.Property(c => c.Id).ValueGeneratedNever();
            e.HasIndex(c => new { c.RosterId, c.At });
        });
        model.Entity<Volunteer>(e =>
        {
            e.HasKey(v => new { v.DutyId, v.PersonId });
            e.Property(v => v.Name).HasMaxLength(200);
            e.Property(v => v.Phone).HasMaxLength(60);
            e.HasIndex(v => v.PersonId);
        });
        model.Entity<Swap>(e =>
        {
            e.HasKey(s => s.Id);
            e.Property(s => s.Id).ValueGeneratedNever();
            e.Property(s => s.Version).IsConcurrencyToken();
            e.Property(s => s.State).HasConversion<string>().HasMaxLength(16);
            e.Property(s => s.FromName).HasMaxLength(200);
            e.Property(s => s.ToName).HasMaxLength(200);
            e.Property(s => s.FromPhone).HasMaxLength(60);
            e.Property(s => s.Note).HasMaxLength(200);
            // Whatever the code does, a duty has one live proposal.
            e.HasIndex(s => s.DutyId).IsUnique().HasFilter(Column("state") + " = 'Proposed'");
            e.HasIndex(s => s.ReturnDutyId);
            e.HasIndex(s => new { s.RosterId, s.ProposedAt });
            e.HasIndex(s => new { s.OrganisationId, s.State });
        });
        model.Entity<DutyTurn>(e =>
        {
            e.HasKey(t => t.Id);
            e.Property(t => t.Id).ValueGeneratedNever();
            e.Property(t => t.Version).IsConcurrencyToken();
        });
        model.Entity<DutyHouse>(e =>
        {
            e.HasKey(h => h.Id);
            e.Property(h => h.Id).ValueGeneratedNever();
            e.Property(h => h.Version).IsConcurrencyToken();
            e.Property(h => h.Name).HasMaxLength(120);
            e.Property(h => h.Address).HasMaxLength(200);
            e.Property(h => h.CommuneCode).HasMaxLength(5);
            e.Property(h => h.Departement).HasMaxLength(3);
            e.Property(h => h.Phone).HasMaxLength(30);
            e.Property(h => h.Note).HasMaxLength(200);
            AsJson<HouseHours>(e.Property<List<HouseHours>>("hours"));
            e.Ignore(h => h.Hours);
            e.HasQueryFilter(h => SeesAll || h.OrganisationId == OwnOrganisation || Territory.Contains(h.Departement));
            e.HasIndex(h => new { h.OrganisationId, h.Name });
            e.HasIndex(h => h.Departement);
        });
    }

    // The lists are replaced as a whole, never changed in place: the same list is the same value.
    private static void AsJson<T>(PropertyBuilder<List<T>> property) =>
        property
            .HasMaxLength(-1)
            .HasConversion(
                list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
                text => JsonSerializer.Deserialize<List<T>>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<List<T>>((a, b) => ReferenceEquals(a, b), list => list.Count, list => list)
            );

    private string Column(string name) => Database.IsSqlServer() ? $"[{name}]" : $"\"{name}\"";
}

internal sealed class RostersDbSqlite(DbContextOptions<RostersDbSqlite> o) : RostersDb(o);

internal sealed class RostersDbPostgreSql(DbContextOptions<RostersDbPostgreSql> o) : RostersDb(o);

internal sealed class RostersDbSqlServer(DbContextOptions<RostersDbSqlServer> o) : RostersDb(o);
