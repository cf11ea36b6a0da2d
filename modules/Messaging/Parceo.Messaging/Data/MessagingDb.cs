using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Data;

/// <summary>
/// Tables of the module. Being a member is what opens a conversation, whatever organisation one works in now; entries
/// from before the joining stay closed (S23, S24). Members who left keep nothing: the rows are filtered for them too.
/// </summary>
internal abstract class MessagingDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "messaging";

    public DbSet<Conversation> Conversations => Set<Conversation>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<Entry> Entries => Set<Entry>();
    public DbSet<Mention> Mentions => Set<Mention>();
    public DbSet<Confirmation> Confirmations => Set<Confirmation>();
    public DbSet<Assignment> Assignments => Set<Assignment>();
    public DbSet<Topic> Topics => Set<Topic>();
    public DbSet<TopicFollow> Follows => Set<TopicFollow>();
    public DbSet<Desk> Desks => Set<Desk>();
    public DbSet<DeskMember> DeskMembers => Set<DeskMember>();
    public DbSet<Profile> Profiles => Set<Profile>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<FileChunk> Chunks => Set<FileChunk>();
    public DbSet<MailEntry> MailEntries => Set<MailEntry>();
    public DbSet<CommunityKeeping> Keepings => Set<CommunityKeeping>();

    private Guid Me => User.Id;
    private bool MayHold => User.Can(MessagingPermissions.Hold);

    protected override void Map(ModelBuilder model)
    {
        MapConversations(model);
        MapEntries(model);
        MapFiles(model);
        MapPeople(model);
    }

    private void MapConversations(ModelBuilder model)
    {
        model.Entity<Conversation>(e =>
        {
            e.Property(c => c.Id).ValueGeneratedNever();
            e.Property(c => c.LastSeq).IsConcurrencyToken();
            e.Property(c => c.MembersVersion).IsConcurrencyToken();
            // What a job has read and decides from: a message written meanwhile is told of as well, a hold keeps what is being removed.
            e.Property(c => c.TellFrom).IsConcurrencyToken();
            e.Property(c => c.LegalHold).IsConcurrencyToken();
            e.Property(c => c.RetentionDays).IsConcurrencyToken();
            e.Property(c => c.PairKey).HasMaxLength(64);
            var column = Database.IsSqlServer() ? "[pair_key]" : "pair_key";
            e.HasIndex(c => c.PairKey).IsUnique().HasFilter($"{column} IS NOT NULL");
            e.HasIndex(c => new
            {
                c.OrganisationId,
                c.Kind,
                c.LastAt,
            });
            e.HasIndex(c => new
            {
                c.DeskId,
                c.DoneAt,
                c.LastAt,
            });
            e.HasIndex(c => c.LastAt);
            e.HasIndex(c => c.TellFrom);
            e.HasIndex(c => new
            {
                c.OrganisationId,
                c.LegalHold,
                c.LastAt,
            });
            e.HasMany(c => c.Members).WithOne().HasForeignKey(m => m.ConversationId);
            // Who sets a legal hold sees that a conversation is there, never what is in it.
            e.HasQueryFilter(c =>
                SeesAll
                || ((c.Open || MayHold) && c.OrganisationId == OwnOrganisation)
                || c.Members.Any(m => m.PersonId == Me && m.LeftAt == null)
            );
        });
        model.Entity<CommunityKeeping>(e =>
        {
            e.HasKey(k => k.OrganisationId);
            var days = Database.IsSqlServer() ? "[days]" : "days";
            e.ToTable(t =>
                t.HasCheckConstraint(
                    "ck_community_keeping_days",
                    $"{days} >= {CommunityKeeping.Fewest} AND {days} <= {Conversation.DefaultRetentionDays}"
                )
            );
            // Said to everybody who writes there, guests from elsewhere too.
            e.HasQueryFilter(k => SeesAll || Me != Guid.Empty);
        });
        model.Entity<Member>(e =>
        {
            e.HasKey(m => new { m.ConversationId, m.PersonId });
            e.Property(m => m.ReadSeq).IsConcurrencyToken(); // of two devices the one that read further wins
            e.Property(m => m.Name).HasMaxLength(200);
            e.Property(m => m.SortKey).HasMaxLength(250); // « œ » folds to two letters
            e.HasIndex(m => new { m.PersonId, m.LeftAt });
            e.HasIndex(m => new { m.ConversationId, m.SortKey });
        });
        model.Entity<Topic>(e =>
        {
            e.Property(t => t.Id).ValueGeneratedNever();
            e.HasIndex(t => new { t.ConversationId, t.ResolvedAt });
            e.HasQueryFilter(t =>
                SeesAll || Members.Any(m => m.ConversationId == t.ConversationId && m.PersonId == Me && m.LeftAt == null)
            );
        });
        model.Entity<TopicFollow>(e =>
        {
            e.HasKey(f => new { f.TopicId, f.PersonId });
            e.HasQueryFilter(f => SeesAll || f.PersonId == Me);
        });
        model.Entity<Desk>(e =>
        {
            e.Property(d => d.Id).ValueGeneratedNever();
            e.Property(d => d.Version).IsConcurrencyToken();
            e.Property(d => d.Name).HasMaxLength(120);
            e.HasIndex(d => new { d.OrganisationId, d.Name });
            e.HasMany(d => d.Members).WithOne().HasForeignKey(m => m.DeskId);
            // Whom one may write to is no secret among those who may write.
            e.HasQueryFilter(d => SeesAll || Me != Guid.Empty);
        });
        model.Entity<DeskMember>(e =>
        {
            e.HasKey(m => new { m.DeskId, m.PersonId });
            e.Property(m => m.Name).HasMaxLength(200);
            e.HasIndex(m => m.PersonId);
        });
    }

    private void MapEntries(ModelBuilder model)
    {
        model.Entity<Entry>(e =>
        {
            e.HasKey(x => new { x.ConversationId, x.Seq });
            e.Property(x => x.Body).HasMaxLength(-1);
            e.Property(x => x.Seq).ValueGeneratedNever();
            // The client's id first: it is what a repeated posting is recognised by, whatever the size of the conversation.
            e.HasIndex(x => new
                {
                    x.ClientId,
                    x.ConversationId,
                    x.SenderId,
                })
                .IsUnique();
            var (target, topic) = Database.IsSqlServer() ? ("[target]", "[topic_id]") : ("target", "topic_id");
            e.HasIndex(x => new { x.ConversationId, x.Target }).HasFilter($"{target} IS NOT NULL");
            e.HasIndex(x => new
                {
                    x.ConversationId,
                    x.TopicId,
                    x.Seq,
                })
                .HasFilter($"{topic} IS NOT NULL");
            e.HasQueryFilter(x =>
                SeesAll
                || Members.Any(m => m.ConversationId == x.ConversationId && m.PersonId == Me && m.LeftAt == null && m.FromSeq <= x.Seq)
            );
        });
        model.Entity<Mention>(e =>
        {
            e.HasKey(m => new
            {
                m.PersonId,
                m.ConversationId,
                m.Seq,
            });
            e.HasQueryFilter(m => SeesAll || m.PersonId == Me);
        });
        model.Entity<Confirmation>(e =>
        {
            e.HasKey(c => new
            {
                c.ConversationId,
                c.Seq,
                c.PersonId,
            });
            e.Property(c => c.NextAt).IsConcurrencyToken(); // who confirms while the alert goes out is alerted no more
            e.HasIndex(c => new { c.PersonId, c.ConfirmedAt });
            e.HasIndex(c => c.NextAt);
            e.HasQueryFilter(c =>
                SeesAll
                || Members.Any(m => m.ConversationId == c.ConversationId && m.PersonId == Me && m.LeftAt == null && m.FromSeq <= c.Seq)
            );
        });
        model.Entity<Assignment>(e =>
        {
            e.HasKey(t => new { t.ConversationId, t.Seq });
            e.Property(t => t.Seq).ValueGeneratedNever();
            e.HasQueryFilter(t =>
                SeesAll
                || Members.Any(m => m.ConversationId == t.ConversationId && m.PersonId == Me && m.LeftAt == null && m.FromSeq <= t.Seq)
            );
        });
        model.Entity<MailEntry>(e =>
        {
            e.Property(l => l.Id).ValueGeneratedNever();
            e.HasIndex(l => new { l.ConversationId, l.Seq }).IsUnique();
            e.HasQueryFilter(l =>
                SeesAll
                || Members.Any(m => m.ConversationId == l.ConversationId && m.PersonId == Me && m.LeftAt == null && m.FromSeq <= l.Seq)
            );
        });
    }

    private void MapFiles(ModelBuilder model)
    {
        model.Entity<StoredFile>(e =>
        {
            e.Property(f => f.Id).ValueGeneratedNever();
            e.Property(f => f.Type).HasMaxLength(100);
            e.Property(f => f.Sha256).HasMaxLength(32);
            e.Property(f => f.Seq).IsConcurrencyToken(); // sent at last, while it is removed as unsent
            e.HasIndex(f => new { f.ConversationId, f.Seq });
            e.HasIndex(f => new { f.State, f.At });
            e.HasIndex(f => f.OwnerId);
            // One's own before it is sent; then those of messages one may read.
            e.HasQueryFilter(f =>
                SeesAll
                || Members.Any(m =>
                    m.ConversationId == f.ConversationId
                    && m.PersonId == Me
                    && m.LeftAt == null
                    && (f.Seq == null ? f.OwnerId == Me : m.FromSeq <= f.Seq)
                )
            );
        });
        model.Entity<FileChunk>(e =>
        {
            e.HasKey(c => new { c.FileId, c.Number });
            e.Property(c => c.Number).ValueGeneratedNever();
            e.Property(c => c.Bytes).HasMaxLength(-1);
            e.HasOne<StoredFile>().WithMany().HasForeignKey(c => c.FileId);
            e.HasQueryFilter(c => SeesAll || Files.Any(f => f.Id == c.FileId));
        });
    }

    private void MapPeople(ModelBuilder model)
    {
        model.Entity<Profile>(e =>
        {
            e.HasKey(p => p.PersonId);
            e.Property(p => p.PersonId).ValueGeneratedNever();
            e.Property(p => p.CoverName).HasMaxLength(200);
        });
        model.Entity<Draft>(e =>
        {
            e.HasKey(d => new { d.PersonId, d.ConversationId });
            e.HasQueryFilter(d => SeesAll || d.PersonId == Me);
        });
    }
}

internal sealed class MessagingDbSqlite(DbContextOptions<MessagingDbSqlite> o) : MessagingDb(o);

internal sealed class MessagingDbPostgreSql(DbContextOptions<MessagingDbPostgreSql> o) : MessagingDb(o);

internal sealed class MessagingDbSqlServer(DbContextOptions<MessagingDbSqlServer> o) : MessagingDb(o);
