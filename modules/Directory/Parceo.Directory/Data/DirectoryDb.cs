using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Domain;
using Parceo.Platform;

namespace Parceo.Directory.Data;

/// <summary>
/// The directory's tables. Public open data, the same for every organisation: only what a territory calls its places is owned,
/// and seen by whoever has the whole département for territory too (the SAS). No foreign keys: imports write in bulk and in
/// their own order, inside one transaction.
/// </summary>
internal abstract class DirectoryDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "directory";

    /// <summary>People, gone ones included.</summary>
    public DbSet<Person> People => Set<Person>();

    /// <summary>Activities of the people who are there.</summary>
    public DbSet<Activity> Activities => Set<Activity>();

    /// <summary>Savoir-faire of these activities.</summary>
    public DbSet<Skill> Skills => Set<Skill>();

    /// <summary>Words people are found by.</summary>
    public DbSet<NameWord> NameWords => Set<NameWord>();

    /// <summary>Keys misspelt family names are found by.</summary>
    public DbSet<NameKey> NameKeys => Set<NameKey>();

    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();

    /// <summary>Lines they set aside.</summary>
    public DbSet<ImportReject> ImportRejects => Set<ImportReject>();

    /// <summary>What territories call their places.</summary>
    public DbSet<PlaceAlias> PlaceAliases => Set<PlaceAlias>();

    /// <summary>Rows of the caller's own organisation: what they may change.</summary>
    public IQueryable<T> Own<T>()
        where T : class, IOwned => Set<T>().Where(x => x.OrganisationId == OwnOrganisation);

    private IReadOnlyCollection<string> Territory => User.Rights.Departements;

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Person>(e =>
        {
            e.Ignore(p => p.Activities);
            e.Property(p => p.NationalId).HasMaxLength(12);
            e.Property(p => p.SortKey).HasMaxLength(200);
            e.HasIndex(p => p.NationalId).IsUnique();
            e.HasIndex(p => new { p.SortKey, p.Id });
        });
        model.Entity<Activity>(e =>
        {
            e.Ignore(a => a.Skills);
            e.Property(a => a.SortKey).HasMaxLength(200);
            foreach (
                var code in new[]
                {
                    nameof(Activity.ProfessionCode),
                    nameof(Activity.CategoryCode),
                    nameof(Activity.ModeCode),
                    nameof(Activity.SectorCode),
                    nameof(Activity.SectionCode),
                    nameof(Activity.RoleCode),
                    nameof(Activity.KindCode),
                }
            )
            {
                e.Property(code).HasMaxLength(20);
            }
            e.HasIndex(a => a.PersonId);
            e.HasIndex(a => new { a.ProfessionCode, a.Cell });
            e.HasIndex(a => new { a.ProfessionCode, a.SortKey });
            e.HasIndex(a => new { a.SectorCode, a.SortKey });
            e.HasIndex(a => a.Cell);
        });
        model.Entity<Skill>(e =>
        {
            e.HasKey(s => new { s.ActivityId, s.Code });
            e.Property(s => s.Code).HasMaxLength(20);
            e.Property(s => s.Type).HasMaxLength(20);
            e.Property(s => s.SortKey).HasMaxLength(200);
            e.HasIndex(s => s.PersonId);
            e.HasIndex(s => new { s.Code, s.Cell });
            e.HasIndex(s => new { s.Code, s.SortKey });
        });
        model.Entity<NameWord>(e =>
        {
            e.HasKey(w => new
            {
                w.IsGiven,
                w.Word,
                w.PersonId,
            });
            e.Property(w => w.Word).HasMaxLength(100);
            e.HasIndex(w => w.PersonId);
        });
        model.Entity<NameKey>(e =>
        {
            e.HasKey(k => new { k.Key, k.Word });
            e.Property(k => k.Key).HasMaxLength(100);
            e.Property(k => k.Word).HasMaxLength(100);
        });
        model.Entity<ImportRun>(e =>
        {
            e.Property(r => r.Professions).HasMaxLength(2000);
            e.Property(r => r.Warnings).HasMaxLength(2000);
            // Each writer says when: who holds a run for dead loses against its last word, and the run against who ended it.
            e.Property(r => r.AliveAt).IsConcurrencyToken();
            e.HasIndex(r => r.Active).IsUnique();
            e.HasIndex(r => r.AskedAt);
        });
        model.Entity<PlaceAlias>(e =>
        {
            e.Ignore(a => a.Point);
            e.Property(a => a.Id).ValueGeneratedNever();
            e.Property(a => a.Words).HasMaxLength(60);
            e.Property(a => a.Key).HasMaxLength(80); // folding may lengthen: œ, st
            e.Property(a => a.CommuneCode).HasMaxLength(5);
            e.Property(a => a.Departement).HasMaxLength(3);
            e.HasQueryFilter(a => SeesAll || a.OrganisationId == OwnOrganisation || Territory.Contains(a.Departement));
            e.HasIndex(a => new { a.OrganisationId, a.Key }).IsUnique();
            e.HasIndex(a => new { a.Departement, a.Key });
        });
        model.Entity<ImportReject>(e => e.HasKey(r => new { r.RunId, r.Line }));
    }
}

internal sealed class DirectoryDbSqlite(DbContextOptions<DirectoryDbSqlite> options) : DirectoryDb(options);

internal sealed class DirectoryDbPostgreSql(DbContextOptions<DirectoryDbPostgreSql> options) : DirectoryDb(options);

internal sealed class DirectoryDbSqlServer(DbContextOptions<DirectoryDbSqlServer> options) : DirectoryDb(options);
