using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Data;

/// <summary>Tables of the module. A mail is seen by whoever opens its mailbox, in the organisation whose mailbox it is (S13, S15).</summary>
internal abstract class SecureMailDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "securemail";

    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();
    public DbSet<MailboxMember> Members => Set<MailboxMember>();
    public DbSet<OutMail> Sent => Set<OutMail>();
    public DbSet<InMail> Received => Set<InMail>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<AttachmentContent> Contents => Set<AttachmentContent>();
    public DbSet<BookAddress> Book => Set<BookAddress>();

    private Guid Me => User.Id;

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Mailbox>(e =>
        {
            e.Property(m => m.Id).ValueGeneratedNever();
            e.Property(m => m.Version).IsConcurrencyToken();
            e.Property(m => m.Address).HasMaxLength(254);
            e.Property(m => m.Kind).HasConversion<string>().HasMaxLength(8);
            e.HasMany(m => m.Members).WithOne().HasForeignKey(m => m.MailboxId);
            e.Navigation(m => m.Members).HasField("members");
            e.HasIndex(m => m.Address).IsUnique();
            e.HasIndex(m => m.OrganisationId);
        });
        model.Entity<MailboxMember>(e =>
        {
            e.HasKey(m => new { m.MailboxId, m.PersonId });
            e.HasIndex(m => m.PersonId);
        });
        model.Entity<OutMail>(e =>
        {
            e.Property(m => m.Id).ValueGeneratedNever();
            e.Property(m => m.Version).IsConcurrencyToken();
            e.Property(m => m.MessageId).HasMaxLength(300);
            e.Property(m => m.Origin).HasMaxLength(32);
            e.Property(m => m.Code).HasMaxLength(64);
            e.Property(m => m.State).HasConversion<string>().HasMaxLength(20);
            e.HasQueryFilter(m =>
                SeesAll || (m.OrganisationId == OwnOrganisation && Members.Any(x => x.MailboxId == m.MailboxId && x.PersonId == Me))
            );
            e.HasIndex(m => m.Key).IsUnique();
            e.HasIndex(m => m.MessageId).IsUnique();
            e.HasIndex(m => new { m.MailboxId, m.CreatedAt });
            e.HasIndex(m => m.CreatedAt);
            e.HasIndex(m => m.NextAttemptAt);
        });
        model.Entity<InMail>(e =>
        {
            e.Property(m => m.Id).ValueGeneratedNever();
            e.Property(m => m.MessageKey).HasMaxLength(64);
            e.Property(m => m.Kind).HasConversion<string>().HasMaxLength(16);
            e.HasQueryFilter(m =>
                SeesAll || (m.OrganisationId == OwnOrganisation && Members.Any(x => x.MailboxId == m.MailboxId && x.PersonId == Me))
            );
            e.HasIndex(m => new { m.MailboxId, m.MessageKey }).IsUnique();
            e.HasIndex(m => new
            {
                m.MailboxId,
                m.Kind,
                m.ReceivedAt,
            });
            e.HasIndex(m => new { m.MailboxId, m.ReadAt }); // the menu of every page counts what is unread
            e.HasIndex(m => m.ReceivedAt);
            e.HasIndex(m => m.AnswersId);
        });
        model.Entity<Attachment>(e =>
        {
            e.Property(a => a.Id).ValueGeneratedNever();
            e.Property(a => a.MediaType).HasMaxLength(100);
            e.Property(a => a.Verdict).HasConversion<string>().HasMaxLength(16);
            e.HasQueryFilter(a =>
                SeesAll || (a.OrganisationId == OwnOrganisation && Members.Any(x => x.MailboxId == a.MailboxId && x.PersonId == Me))
            );
            e.HasIndex(a => new { a.MailId, a.Position }).IsUnique();
            e.HasIndex(a => new { a.Verdict, a.MailId });
        });
        model.Entity<AttachmentContent>(e =>
        {
            e.HasKey(c => c.AttachmentId);
            e.Property(c => c.AttachmentId).ValueGeneratedNever();
        });
        model.Entity<BookAddress>(e =>
        {
            e.HasKey(a => a.Address);
            e.Property(a => a.Address).HasMaxLength(254);
            e.Property(a => a.NationalId).HasMaxLength(20);
            e.HasIndex(a => a.NationalId);
            e.HasIndex(a => a.Folded);
            e.HasIndex(a => a.Run);
        });
    }
}

internal sealed class SecureMailDbSqlite(DbContextOptions<SecureMailDbSqlite> o) : SecureMailDb(o);

internal sealed class SecureMailDbPostgreSql(DbContextOptions<SecureMailDbPostgreSql> o) : SecureMailDb(o);

internal sealed class SecureMailDbSqlServer(DbContextOptions<SecureMailDbSqlServer> o) : SecureMailDb(o);
