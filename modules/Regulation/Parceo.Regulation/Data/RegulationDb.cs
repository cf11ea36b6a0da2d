using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Parceo.Platform;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Data;

/// <summary>
/// Tables of the module. Orientations are seen by the organisation that opened them (D30) and by the professional who sees
/// the patient; invitations also by the one invited; the patient's file never before the acceptance (W1.6, S15).
/// </summary>
internal abstract class RegulationDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "regulation";

    public DbSet<Orientation> Orientations => Set<Orientation>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<PatientFile> Files => Set<PatientFile>();
    public DbSet<WavePolicy> Policies => Set<WavePolicy>();
    public DbSet<CarePool> Pools => Set<CarePool>();

    private IReadOnlyCollection<Guid> OwnAgendas => User.Rights.PractitionerIds;

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Orientation>(e =>
        {
            e.HasKey(o => o.Id);
            e.Property(o => o.Id).ValueGeneratedNever();
            e.Property(o => o.Version).IsConcurrencyToken();
            e.Property(o => o.CaseReference).HasMaxLength(64);
            e.Property(o => o.Departement).HasMaxLength(3);
            e.Property(o => o.TerritoryCommunes).HasMaxLength(8000);
            e.Property(o => o.Skill).HasMaxLength(60);
            foreach (
                var name in new[]
                {
                    nameof(Orientation.State),
                    nameof(Orientation.Kind),
                    nameof(Orientation.Reason),
                    nameof(Orientation.Wanted),
                    nameof(Orientation.Sex),
                    nameof(Orientation.Mode),
                    nameof(Orientation.MtReason),
                    nameof(Orientation.EscalatedTo),
                }
            )
                e.Property(name).HasConversion<string>().HasMaxLength(24);
            e.Ignore(o => o.ToAskFirst).Ignore(o => o.MayBeginAsking);
            e.HasMany(o => o.Steps).WithOne().HasForeignKey(s => s.OrientationId).OnDelete(DeleteBehavior.Cascade);
            e.HasMany(o => o.Invitations).WithOne().HasForeignKey(i => i.OrientationId).OnDelete(DeleteBehavior.Cascade);
            // The invited must reach the row that decides the race; nothing in it tells who the patient is.
            e.HasQueryFilter(o =>
                SeesAll
                || o.OrganisationId == OwnOrganisation
                || o.Invitations.Any(i => OwnAgendas.Contains(i.PractitionerId))
                || (o.PractitionerId != null && OwnAgendas.Contains(o.PractitionerId.Value))
            );
            e.HasIndex(o => new
            {
                o.OrganisationId,
                o.ClosedAt,
                o.OpenedAt,
            });
            e.HasIndex(o => new { o.State, o.WaveEndsAt });
        });
        model.Entity<OrientationStep>(e =>
        {
            e.HasKey(s => new { s.OrientationId, s.Number });
            e.Property(s => s.Number).ValueGeneratedNever();
            e.Property(s => s.State).HasConversion<string>().HasMaxLength(24);
        });
        model.Entity<Invitation>(e =>
        {
            e.HasKey(i => i.Id);
            e.Property(i => i.Id).ValueGeneratedNever();
            e.Property(i => i.Version).IsConcurrencyToken();
            e.Property(i => i.Departement).HasMaxLength(3);
            e.Property(i => i.State).HasConversion<string>().HasMaxLength(16);
            e.Property(i => i.Reason).HasConversion<string>().HasMaxLength(16);
            e.HasQueryFilter(i => SeesAll || i.OrganisationId == OwnOrganisation || OwnAgendas.Contains(i.PractitionerId));
            // Whatever the code does, a round has one winner, and asks nobody twice.
            e.HasIndex(i => new
                {
                    i.OrientationId,
                    i.Round,
                    i.Winner,
                })
                .IsUnique()
                .HasFilter((Database.IsSqlServer() ? "[winner]" : "\"winner\"") + " IS NOT NULL");
            e.HasIndex(i => new
                {
                    i.OrientationId,
                    i.Round,
                    i.PractitionerId,
                })
                .IsUnique();
            e.HasIndex(i => new { i.PractitionerId, i.SentAt });
        });
        model.Entity<PatientFile>(e =>
        {
            e.HasKey(f => f.OrientationId);
            e.Property(f => f.OrientationId).ValueGeneratedNever();
            e.Property(f => f.Version).IsConcurrencyToken();
            e.HasQueryFilter(f =>
                SeesAll || f.OrganisationId == OwnOrganisation || (f.PractitionerId != null && OwnAgendas.Contains(f.PractitionerId.Value))
            );
        });
        model.Entity<WavePolicy>(e =>
        {
            e.HasKey(p => p.Id);
            e.Property(p => p.Id).ValueGeneratedNever();
            e.Property(p => p.Departement).HasMaxLength(3);
            e.Ignore(p => p.Plan);
            e.HasIndex(p => new { p.Departement, p.From }).IsUnique();
        });
        model.Entity<CarePool>(e =>
        {
            e.HasKey(p => p.Id);
            e.Property(p => p.Id).ValueGeneratedNever();
            e.Property(p => p.Version).IsConcurrencyToken();
            e.Property(p => p.Kind).HasConversion<string>().HasMaxLength(24);
            e.HasIndex(p => new { p.OrganisationId, p.Kind }).IsUnique();
            AsJson<PoolMember>(e.Property<List<PoolMember>>("members"));
            AsJson<OpeningHours>(e.Property<List<OpeningHours>>("hours"));
            e.Ignore(p => p.Members);
            e.Ignore(p => p.Hours);
        });
    }

    private static void AsJson<T>(Microsoft.EntityFrameworkCore.Metadata.Builders.PropertyBuilder<List<T>> property) =>
        property
            .HasMaxLength(-1)
            .HasConversion(
                list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
                text => JsonSerializer.Deserialize<List<T>>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<List<T>>((a, b) => a!.SequenceEqual(b!), list => list.Count, list => list.ToList())
            );
}

internal sealed class RegulationDbSqlite(DbContextOptions<RegulationDbSqlite> o) : RegulationDb(o);

internal sealed class RegulationDbPostgreSql(DbContextOptions<RegulationDbPostgreSql> o) : RegulationDb(o);

internal sealed class RegulationDbSqlServer(DbContextOptions<RegulationDbSqlServer> o) : RegulationDb(o);
