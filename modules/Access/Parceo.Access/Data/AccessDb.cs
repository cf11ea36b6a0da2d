using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.EntityFrameworkCore.Models;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Data;

/// <summary>People, organisations, memberships, sessions and tokens; Identity's and OpenIddict's stores write here too.</summary>
internal abstract class AccessDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => AccessModule.ModuleName;

    public DbSet<Person> People => Set<Person>();
    public DbSet<IdentityUserPasskey<Guid>> Passkeys => Set<IdentityUserPasskey<Guid>>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<ProposedRole> ProposedRoles => Set<ProposedRole>();
    public DbSet<Delegation> Delegations => Set<Delegation>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<UnsentForm> UnsentForms => Set<UnsentForm>();
    public DbSet<ApiToken> Tokens => Set<ApiToken>();
    public DbSet<OneTimeLink> Links => Set<OneTimeLink>();
    public DbSet<ApiClient> Clients => Set<ApiClient>();

    private Guid OwnId => User.Id;

    /// <summary>
    /// The account, stamped anew by the save; null when there is none. Whoever decides on its roles, factors, tokens or sessions
    /// claims it before reading them: of two at once the second is told to look again. What is open stays so (that is the
    /// security stamp).
    /// </summary>
    public async Task<Person?> Claim(Guid personId, CancellationToken ct)
    {
        var person = await People.SingleOrDefaultAsync(p => p.Id == personId, ct);
        if (person is not null)
            Claim(person);
        return person;
    }

    /// <summary>The same for an account read before what is decided on.</summary>
    public void Claim(Person person) => Entry(person).Property(p => p.ConcurrencyStamp).IsModified = true;

    /// <summary>The roles of those who administer an organisation now. Claim it first when something is decided on them.</summary>
    public IQueryable<Membership> Administrators(Guid organisationId, DateTimeOffset now) =>
        Memberships.Where(m =>
            m.OrganisationId == organisationId
            && m.Role == Roles.Administrator
            && m.From <= now
            && (m.Until == null || now < m.Until)
            && People.Any(p => p.Id == m.PersonId && p.DisabledAt == null)
        );

    /// <summary>
    /// What an invitation gives whoever accepts it: its role and the professional whom they are, or the proposal of both where
    /// that waits (S25). Never over what they are already, here or elsewhere.
    /// </summary>
    public async Task Accept(OneTimeLink link, Person person, bool waits, IIds ids, DateTimeOffset now, CancellationToken ct)
    {
        var (organisation, role) = (link.OrganisationId!.Value, link.Role!);
        if (waits)
        {
            var by = link.InvitedById!.Value;
            ProposedRoles.Add(
                new ProposedRole(ids.New(), person.Id, organisation, role, by, now) { DirectoryPersonId = link.DirectoryPersonId }
            );
            await TellOfProposal(by, organisation, ct);
            return;
        }
        await Become(person, link.DirectoryPersonId, ct);
        Memberships.Add(new Membership(ids.New(), person.Id, organisation, role, now));
        if (Roles.IsCare(role))
            Publish(new CareRoleGiven(person.Id, organisation), organisation);
    }

    /// <summary>Tells whoever may confirm a role, in the organisation above as well (S25).</summary>
    public async Task TellOfProposal(Guid by, Guid organisation, CancellationToken ct)
    {
        Publish(new RoleProposed(by, organisation), organisation);
        if (await Above(organisation, ct) is { } above)
            Publish(new RoleProposed(by, above), above);
    }

    /// <summary>Tells the same that one is settled.</summary>
    public async Task TellOfSettlement(Guid organisation, CancellationToken ct)
    {
        Publish(new RoleSettled(organisation), organisation);
        if (await Above(organisation, ct) is { } above)
            Publish(new RoleSettled(above), above);
    }

    private Task<Guid?> Above(Guid organisation, CancellationToken ct) =>
        Organisations.Where(o => o.Id == organisation).Select(o => o.ParentId).SingleAsync(ct);

    /// <summary>Says which professional somebody is, unless they are one already or somebody else is that one.</summary>
    public async Task Become(Person person, Guid? professional, CancellationToken ct)
    {
        if (professional is { } id && person.DirectoryPersonId is null && !await People.AnyAsync(p => p.DirectoryPersonId == id, ct))
            person.Is(id);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // One stamp a save: of two simultaneous guesses at a password, one is told to look again (S4).
        foreach (var person in ChangeTracker.Entries<Person>().Where(e => e.State is EntityState.Modified or EntityState.Added))
            person.Entity.ConcurrencyStamp = Services!.GetRequiredService<IIds>().New().ToString("n");
        var touched = RightsTouched();
        var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (touched.Count > 0)
            Services?.GetService<CredentialCache>()?.Forget(touched);
        return written;
    }

    /// <summary>Whose rights this save changes: their cached credential is dropped at once on this node (S9).</summary>
    private HashSet<Guid> RightsTouched()
    {
        var touched = new HashSet<Guid>();
        foreach (
            var entry in ChangeTracker.Entries().Where(e => e.State is EntityState.Modified or EntityState.Added or EntityState.Deleted)
        )
        {
            switch (entry.Entity)
            {
                case Person p:
                    touched.Add(p.Id);
                    break;
                case Session s:
                    touched.Add(s.PersonId);
                    break;
                case ApiToken t:
                    touched.Add(t.PersonId);
                    break;
                case Membership m:
                    touched.Add(m.PersonId);
                    break;
                case Delegation d:
                    touched.Add(d.DelegateId);
                    break;
                case IdentityUserPasskey<Guid> k:
                    touched.Add(k.UserId);
                    break;
                case ApiClient c:
                    touched.Add(c.Id);
                    break;
                case OpenIddictEntityFrameworkCoreAuthorization<Guid> a when Guid.TryParse(a.Subject, out var subject):
                    touched.Add(subject);
                    break;
            }
        }
        return touched;
    }

    protected override void Map(ModelBuilder model)
    {
        MapPeople(model);
        MapOrganisations(model);
        MapSessions(model);
        MapOpenIddict(model);
    }

    private void MapPeople(ModelBuilder model)
    {
        model.Entity<Person>(e =>
        {
            e.HasKey(p => p.Id);
            e.Ignore(p => p.PhoneNumber).Ignore(p => p.PhoneNumberConfirmed).Ignore(p => p.TwoFactorEnabled).Ignore(p => p.EmailConfirmed);
            e.Ignore(p => p.Failures);
            e.Property(p => p.ConcurrencyStamp).IsConcurrencyToken();
            e.Property(p => p.Name).HasMaxLength(200);
            e.Property(p => p.TotpSecret).HasMaxLength(1000);
            e.Property(p => p.SearchText).HasMaxLength(500);
            e.HasIndex(p => p.SearchText);
            e.Property(p => p.SortKey).HasMaxLength(200);
            e.HasIndex(p => new { p.SortKey, p.Id });
            e.HasIndex(p => p.NormalizedEmail).IsUnique();
            // One account for a professional, whoever links them at the same time.
            var column = Database.IsSqlServer() ? "[directory_person_id]" : "directory_person_id";
            e.HasIndex(p => p.DirectoryPersonId).IsUnique().HasFilter($"{column} IS NOT NULL");
        });
        model.Entity<IdentityUserPasskey<Guid>>(e =>
        {
            var key = e.HasKey(p => p.CredentialId);
            if (Database.IsSqlServer())
                key.IsClustered(false); // of a clustered key it takes 900 bytes only
            e.Property(p => p.CredentialId).HasMaxLength(1024);
            e.OwnsOne(p => p.Data, d => d.ToJson("data"));
            e.HasIndex(p => p.UserId);
            e.HasOne<Person>().WithMany().HasForeignKey(p => p.UserId);
        });
        Table<IdentityUserPasskey<Guid>>(model, "passkey");
        model.Entity<RecoveryCode>(e =>
        {
            e.Property(c => c.Hash).HasMaxLength(32);
            e.HasIndex(c => new { c.PersonId, c.Hash }).IsUnique();
            e.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
        });
    }

    private void MapOrganisations(ModelBuilder model)
    {
        model.Entity<Organisation>(e =>
        {
            e.Property(o => o.Name).HasMaxLength(200);
            e.Property(o => o.Version).IsConcurrencyToken();
            e.HasIndex(o => o.Name).IsUnique();
            e.HasIndex(o => new { o.SortKey, o.Id });
            e.HasIndex(o => o.ParentId);
            e.HasMany(o => o.Communes).WithOne().HasForeignKey(c => c.OrganisationId);
            e.HasMany(o => o.Departements).WithOne().HasForeignKey(d => d.OrganisationId);
        });
        model.Entity<OrganisationCommune>(e =>
        {
            e.HasKey(c => new { c.OrganisationId, c.Commune });
            e.Property(c => c.Commune).HasMaxLength(5);
        });
        model.Entity<OrganisationDepartement>(e =>
        {
            e.HasKey(d => new { d.OrganisationId, d.Departement });
            e.Property(d => d.Departement).HasMaxLength(3);
        });
        model.Entity<Membership>(e =>
        {
            e.Property(m => m.Role).HasMaxLength(40);
            e.HasIndex(m => new { m.PersonId, m.OrganisationId });
            e.HasIndex(m => new
            {
                m.OrganisationId,
                m.From,
                m.Id,
            });
            e.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
            e.HasOne<Organisation>().WithMany().HasForeignKey(m => m.OrganisationId);
            // One's own memberships elsewhere are one's own business: the switcher lists them.
            e.HasQueryFilter(m => SeesAll || m.OrganisationId == OwnOrganisation || m.PersonId == OwnId);
        });
        model.Entity<ProposedRole>(e =>
        {
            e.Property(r => r.Role).HasMaxLength(40);
            e.Property(r => r.SettledAt).IsConcurrencyToken();
            e.HasIndex(r => new
            {
                r.OrganisationId,
                r.SettledAt,
                r.ProposedAt,
            });
            e.HasIndex(r => r.PersonId);
            e.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId);
            e.HasOne<Organisation>().WithMany().HasForeignKey(r => r.OrganisationId);
            // Whoever administers the organisation above is a second person, too.
            e.HasQueryFilter(r =>
                SeesAll
                || r.OrganisationId == OwnOrganisation
                || r.PersonId == OwnId
                || Organisations.Any(o => o.Id == r.OrganisationId && o.ParentId == OwnOrganisation)
            );
        });
        model.Entity<Delegation>(e =>
        {
            e.Property(d => d.Actions).HasMaxLength(2000);
            e.HasIndex(d => d.DelegateId);
            e.HasIndex(d => d.PractitionerId);
            e.HasOne<Person>().WithMany().HasForeignKey(d => d.DelegateId);
            e.HasQueryFilter(d => SeesAll || d.OrganisationId == OwnOrganisation || d.DelegateId == OwnId);
        });
    }

    private static void MapSessions(ModelBuilder model)
    {
        model.Entity<Session>(e =>
        {
            // It ends once: of an end and a step up at once, one finds it ended.
            e.Property(s => s.EndedAt).IsConcurrencyToken();
            e.HasIndex(s => new { s.PersonId, s.CreatedAt });
            e.HasIndex(s => s.EndsAt);
            e.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
        });
        model.Entity<UnsentForm>(e =>
        {
            e.HasKey(f => f.SessionId);
            e.HasIndex(f => new { f.PersonId, f.Until });
            e.HasIndex(f => f.Until);
            e.HasOne<Session>().WithMany().HasForeignKey(f => f.SessionId);
        });
        model.Entity<ApiToken>(e =>
        {
            e.Property(t => t.Hash).HasMaxLength(32);
            e.Property(t => t.Scopes).HasMaxLength(2000);
            e.HasIndex(t => t.Hash).IsUnique();
            e.HasIndex(t => new { t.PersonId, t.CreatedAt });
            e.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId);
        });
        model.Entity<OneTimeLink>(e =>
        {
            e.Property(l => l.Hash).HasMaxLength(32);
            e.Property(l => l.Version).IsConcurrencyToken();
            e.HasIndex(l => l.Hash).IsUnique();
            e.HasIndex(l => new { l.OrganisationId, l.CreatedAt });
            e.HasIndex(l => l.ExpiresAt);
        });
        model.Entity<ApiClient>().HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId);
    }

    private static void MapOpenIddict(ModelBuilder model)
    {
        model.UseOpenIddict<Guid>();
        Table<OpenIddictEntityFrameworkCoreApplication<Guid>>(model, "oidc_application");
        Table<OpenIddictEntityFrameworkCoreAuthorization<Guid>>(model, "oidc_authorization");
        Table<OpenIddictEntityFrameworkCoreScope<Guid>>(model, "oidc_scope");
        Table<OpenIddictEntityFrameworkCoreToken<Guid>>(model, "oidc_token");
        // OpenIddict leaves its long texts without a limit; the house's convention of 400 characters would cut them.
        foreach (
            var property in model
                .Model.GetEntityTypes()
                .Where(e => e.ClrType.Namespace == "OpenIddict.EntityFrameworkCore.Models")
                .SelectMany(e => e.GetProperties())
                .Where(p =>
                    p.ClrType == typeof(string)
                    && p.Name
                        is not (
                            "ClientId"
                            or "ClientType"
                            or "ApplicationType"
                            or "ConsentType"
                            or "Subject"
                            or "Status"
                            or "Type"
                            or "ReferenceId"
                            or "Name"
                            or "ConcurrencyToken"
                        )
                )
        )
            property.SetMaxLength(-1);
    }
}

internal sealed class AccessDbSqlite(DbContextOptions<AccessDbSqlite> o) : AccessDb(o);

internal sealed class AccessDbPostgreSql(DbContextOptions<AccessDbPostgreSql> o) : AccessDb(o);

internal sealed class AccessDbSqlServer(DbContextOptions<AccessDbSqlServer> o) : AccessDb(o);
