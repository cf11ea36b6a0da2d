using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Domain;
using Parceo.Platform;

namespace Parceo.Feedback.Data;

/// <summary>Tables of the module. A report is seen by who received the patient and by the médecin traitant.</summary>
internal abstract class FeedbackDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "feedback";

    public DbSet<Report> Reports => Set<Report>();

    private IReadOnlyList<Guid> Professionals => User.Rights.PractitionerIds;

    protected override void Map(ModelBuilder model) =>
        model.Entity<Report>(e =>
        {
            e.HasKey(r => r.BookingId);
            e.Property(r => r.BookingId).ValueGeneratedNever();
            e.Property(r => r.Version).IsConcurrencyToken();
            e.Property(r => r.Departement).HasMaxLength(3);
            e.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
            e.Property(r => r.Mailed).HasConversion<string>().HasMaxLength(20);
            e.HasQueryFilter(r =>
                SeesAll
                || Professionals.Contains(r.PractitionerId)
                || (r.MtPractitionerId != null && r.SentAt != null && Professionals.Contains(r.MtPractitionerId.Value))
            );
            e.HasIndex(r => r.OrientationId);
            e.HasIndex(r => new
            {
                r.PractitionerId,
                r.State,
                r.DueAt,
            });
            e.HasIndex(r => new { r.MtPractitionerId, r.SentAt });
            e.HasIndex(r => new { r.MtPractitionerId, r.State }); // the menu of every page counts what is unread
            e.HasIndex(r => r.NextReminderAt);
        });
}

internal sealed class FeedbackDbSqlite(DbContextOptions<FeedbackDbSqlite> o) : FeedbackDb(o);

internal sealed class FeedbackDbPostgreSql(DbContextOptions<FeedbackDbPostgreSql> o) : FeedbackDb(o);

internal sealed class FeedbackDbSqlServer(DbContextOptions<FeedbackDbSqlServer> o) : FeedbackDb(o);
