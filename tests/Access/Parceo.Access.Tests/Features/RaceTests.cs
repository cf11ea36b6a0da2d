using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.EntityFrameworkCore.Models;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Features;

/// <summary>Each query of a handler sees its own moment: what comes between two of them must not fool it.</summary>
[TestFixtureSource(typeof(EveryEngine))]
public sealed class RaceTests(Engine engine)
{
    private const string NewPassword = "une tout autre phrase longue";
    private readonly Meanwhile meanwhile = new();
    private readonly PublishedEvents published = new();
    private ParceoHost host = null!;
    private SignedIn people = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine, services: services =>
        {
            meanwhile.Watch<AccessDbSqlite, AccessDbPostgreSql, AccessDbSqlServer>(services);
            services
                .ConfigureDbContext<AccessDbSqlite>(o => o.AddInterceptors(published))
                .ConfigureDbContext<AccessDbPostgreSql>(o => o.AddInterceptors(published))
                .ConfigureDbContext<AccessDbSqlServer>(o => o.AddInterceptors(published));
            services.AddScoped<IPasskeyHandler<Person>, WillingAuthenticator>();
            services.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1);
        });
        people = new SignedIn(host);
        await host.SendAsSystem(
            new RegisterClient.Command("essai", "Essai", [new Uri("https://essai.exemple.fr/retour")], null, null, IsPublic: true)
        );
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    /// <summary>What a signed-in session can be turned into.</summary>
    public enum Opening
    {
        ApiToken,
        Passkey,
        Totp,
        RecoveryCodes,
        Authorization,
        StepUp,
    }

    [Test]
    public Task S9_a_new_password_also_ends_what_was_just_being_opened([Values] Opening opening) =>
        meanwhile.Everywhere(async () =>
        {
            var thief = await SignedIn(Roles.Professional, totp: opening == Opening.StepUp);
            var link = await ResetLink(thief.Person);
            return new(
                () => Open(opening, thief),
                () => people.Anonymously(new ResetPassword.Command(link, NewPassword)),
                async (_, when) =>
                {
                    var left = await people.Db(async db => new
                    {
                        Sessions = await db.Sessions.CountAsync(s => s.PersonId == thief.Person && s.EndedAt == null),
                        Tokens = await db.Tokens.CountAsync(t => t.PersonId == thief.Person && t.RevokedAt == null),
                        Passkeys = await db.Passkeys.CountAsync(k => k.UserId == thief.Person),
                        Codes = await db.RecoveryCodes.CountAsync(c => c.PersonId == thief.Person),
                        HasTotp = await db.People.AnyAsync(p => p.Id == thief.Person && p.TotpSecret != null),
                    });
                    var subject = thief.Person.ToString();
                    var authorizations = await people.Db(db =>
                        db.Set<OpenIddictEntityFrameworkCoreAuthorization<Guid>>()
                            .Where(a => a.Subject == subject)
                            .Select(a => a.Id)
                            .ToListAsync()
                    );
                    Assert.That(
                        left,
                        Is.EqualTo(
                            new
                            {
                                Sessions = 0,
                                Tokens = 0,
                                Passkeys = 0,
                                Codes = 0,
                                HasTotp = opening == Opening.StepUp,
                            }
                        ),
                        when
                    );
                    foreach (var id in authorizations)
                        Assert.That(await people.Credential(id), Is.Null, when);
                }
            );
        });

    [Test]
    public Task S8_a_session_that_its_owner_ends_leaves_no_other_behind(
        [Values(Opening.Passkey, Opening.Totp, Opening.StepUp)] Opening opening,
        [Values] bool endIsSlow
    ) =>
        meanwhile.Everywhere(async () =>
        {
            var thief = await SignedIn(Roles.Professional, totp: opening == Opening.StepUp);
            var owner = await Session(thief.Person, thief.Organisation);
            await people.Credential(owner);
            Task End() => people.As(owner, new EndSession.Command(thief.Session));
            Task Renew() => Open(opening, thief);
            return new(endIsSlow ? End : Renew, endIsSlow ? Renew : End, async (refusal, when) =>
            {
                // Whoever hears that the session is not there any more looks at the list again.
                if (endIsSlow && refusal is not null)
                    return;
                Assert.That(
                    await people.Db(db => db.Sessions.CountAsync(s => s.PersonId == thief.Person && s.EndedAt == null && s.Id != owner)),
                    Is.Zero,
                    when
                );
            });
        });

    [Test]
    public async Task S10_a_session_ended_on_another_node_does_nothing_dangerous()
    {
        var admin = await SignedIn(Roles.Administrator);
        var person = await Member(Roles.Professional, admin.Organisation);
        await people.Db(db =>
            db.Sessions.Where(s => s.Id == admin.Session).ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, people.Now))
        );
        Assert.That(await people.Credential(admin.Session), Is.Not.Null, "this node has not heard of it yet");
        Assert.That(
            (await Expect.Refused(() => people.As(admin.Session, new GrantRole.Command(person, Roles.Treasurer, null, null)))).Code,
            Is.EqualTo("session_needed")
        );
    }

    [Test]
    public Task A_role_granted_twice_at_once_is_granted_once() =>
        meanwhile.Everywhere(async () =>
        {
            var (a, b) = await TwoAdministrators();
            var person = await Member(Roles.Professional, a.Organisation);
            Task Grant(Guid session) => people.As(session, new GrantRole.Command(person, Roles.Treasurer, null, null));
            return new(
                () => Grant(a.Session),
                () => Grant(b.Session),
                async (refusal, when) =>
                {
                    Assert.That(await LiveRoles(person), Is.EquivalentTo(new[] { Roles.Professional, Roles.Treasurer }), when);
                    Assert.That(refusal?.Code, Is.EqualTo("role_already_held"), when);
                }
            );
        });

    [Test]
    public Task S6_two_links_for_one_role_give_it_once() =>
        meanwhile.Everywhere(async () =>
        {
            var member = await SignedIn(Roles.Professional);
            var (first, second) = (
                await Invitation(member.Person, member.Organisation, Roles.Treasurer),
                await Invitation(member.Person, member.Organisation, Roles.Treasurer)
            );
            Task Join(string token) => people.As(member.Session, new JoinByInvitation.Command(token));
            return new(
                () => Join(first),
                () => Join(second),
                async (refusal, when) =>
                {
                    Assert.That(refusal, Is.Null, when);
                    Assert.That(await LiveRoles(member.Person), Is.EquivalentTo(new[] { Roles.Professional, Roles.Treasurer }), when);
                }
            );
        });

    [Test]
    public Task S24_the_last_two_roles_ended_at_once_tell_that_the_person_left() =>
        meanwhile.Everywhere(async () =>
        {
            var (a, b) = await TwoAdministrators();
            var person = await Member(Roles.Professional, a.Organisation);
            var (first, second) = (await RoleOf(person), await Membership(person, a.Organisation, Roles.Treasurer));
            return new(
                () => people.As(a.Session, new EndMembership.Command(first)),
                () => people.As(b.Session, new EndMembership.Command(second)),
                async (_, when) =>
                {
                    Assert.That(await LiveRoles(person), Is.Empty, when);
                    Assert.That(Departures(person), Is.EqualTo(1), when);
                }
            );
        });

    [Test]
    public Task Two_administrators_who_end_each_other_leave_one_wherever_they_meet() =>
        meanwhile.Everywhere(async () =>
        {
            var (a, b) = await TwoAdministrators();
            var (roleOfA, roleOfB) = (await RoleOf(a.Person), await RoleOf(b.Person));
            await people.Credential(a.Session);
            return new(
                () => people.As(a.Session, new EndMembership.Command(roleOfB)),
                () => people.As(b.Session, new EndMembership.Command(roleOfA)),
                async (refusal, when) =>
                {
                    Assert.That(refusal?.Code, Is.EqualTo("last_administrator").Or.EqualTo("forbidden"), when);
                    Assert.That(await LiveRoles(b.Person), Is.Not.Empty, when);
                }
            );
        });

    [Test]
    public Task S24_a_role_ended_twice_at_once_is_told_once() =>
        meanwhile.Everywhere(async () =>
        {
            var (a, b) = await TwoAdministrators();
            var person = await Member(Roles.Professional, a.Organisation);
            var role = await RoleOf(person);
            Task End(Guid session) => people.As(session, new EndMembership.Command(role));
            return new(
                () => End(a.Session),
                () => End(b.Session),
                (refusal, when) =>
                {
                    Assert.That(refusal?.Code, Is.EqualTo("membership_unknown"), when);
                    Assert.That(Departures(person), Is.EqualTo(1), when);
                    return Task.CompletedTask;
                }
            );
        });

    [Test]
    public Task S24_whoever_gets_another_role_meanwhile_has_not_left([Values] bool byInvitation) =>
        meanwhile.Everywhere(async () =>
        {
            var (a, b) = await TwoAdministrators();
            var member = await SignedIn(Roles.Professional, a.Organisation);
            var role = await RoleOf(member.Person);
            var link = await Invitation(member.Person, a.Organisation, Roles.Treasurer);
            Task Stay() =>
                byInvitation
                    ? people.As(member.Session, new JoinByInvitation.Command(link))
                    : people.As(b.Session, new GrantRole.Command(member.Person, Roles.Treasurer, null, null));
            return new(
                () => people.As(a.Session, new EndMembership.Command(role)),
                Stay,
                async (_, when) =>
                {
                    Assert.That(await LiveRoles(member.Person), Is.EqualTo(new[] { Roles.Treasurer }), when);
                    Assert.That(Departures(member.Person), Is.Zero, when);
                }
            );
        });

    [Test]
    public Task S20_of_two_delegations_at_once_the_later_one_counts() =>
        meanwhile.Everywhere(async () =>
        {
            var (a, b) = await TwoAdministrators();
            var practitioner = Guid.CreateVersion7();
            await Member(Roles.Effector, a.Organisation, practitioner);
            var secretary = await Member(Roles.Delegate, a.Organisation);
            Task Grant(Guid session, params string[] actions) =>
                people.As(session, new GrantDelegation.Command(secretary, practitioner, actions, people.Now.AddMonths(1)));
            return new(
                () => Grant(a.Session, "slots.publish"),
                () => Grant(b.Session, "slots.publish", "slots.record-outcome"),
                async (_, when) =>
                    Assert.That(
                        await people.Db(db =>
                            db.Delegations.Where(d => d.DelegateId == secretary && d.Until > people.Now)
                                .Select(d => d.Actions)
                                .ToListAsync()
                        ),
                        Is.EqualTo(new[] { "slots.publish" }),
                        when
                    )
            );
        });

    [Test]
    public Task S3_two_factors_removed_at_once_leave_one([Values] bool totpIsSlow) =>
        meanwhile.Everywhere(async () =>
        {
            var member = await SignedIn(Roles.Administrator, totp: true);
            var key = await Passkey(member.Person);
            Task Totp() => people.As(member.Session, new RemoveTotp.Command());
            Task Key() => people.As(member.Session, new RemovePasskey.Command(key));
            return new(totpIsSlow ? Totp : Key, totpIsSlow ? Key : Totp, async (refusal, when) =>
            {
                Assert.That(refusal?.Code, Is.EqualTo("factor_needed"), when);
                Assert.That(
                    await people.Db(db =>
                        db.People.CountAsync(p => p.Id == member.Person && (p.TotpSecret != null || db.Passkeys.Any(k => k.UserId == p.Id)))
                    ),
                    Is.EqualTo(1),
                    when
                );
            });
        });

    [Test]
    public Task S3_recovery_codes_renewed_twice_at_once_are_ten() =>
        meanwhile.Everywhere(async () =>
        {
            var member = await SignedIn(Roles.Professional, totp: true);
            Task Renew() => people.As(member.Session, new RenewRecoveryCodes.Command());
            return new(Renew, Renew, async (_, when) =>
                Assert.That(
                    await people.Db(db => db.RecoveryCodes.CountAsync(c => c.PersonId == member.Person)),
                    Is.EqualTo(RecoveryCode.Count),
                    when
                )
            );
        });

    [Test]
    public Task S28_tokens_made_at_once_stay_within_the_limit() =>
        meanwhile.Everywhere(async () =>
        {
            var member = await SignedIn(Roles.Professional);
            await people.Db(async db =>
            {
                for (var i = 0; i < 49; i++)
                    db.Tokens.Add(
                        new ApiToken(
                            Guid.CreateVersion7(),
                            member.Person,
                            member.Organisation,
                            "essai",
                            Secrets.Hash($"{member.Person}{i}"),
                            [],
                            false,
                            people.Now,
                            people.Now.AddDays(1)
                        )
                    );
                return await db.SaveChangesAsync();
            });
            Task Make() => Open(Opening.ApiToken, member);
            return new(Make, Make, (refusal, when) =>
            {
                Assert.That(refusal?.Code, Is.EqualTo("too_many_tokens"), when);
                return Task.CompletedTask;
            });
        });

    [Test]
    public Task A_professional_linked_elsewhere_meanwhile_stays_so() =>
        meanwhile.Everywhere(async () =>
        {
            var (here, there) = (await SignedIn(Roles.Administrator), await SignedIn(Roles.Administrator));
            var person = await Member(Roles.Professional, here.Organisation);
            await Membership(person, there.Organisation, Roles.Professional);
            var practitioner = Guid.CreateVersion7();
            return new(
                () => people.As(here.Session, new LinkPractitioner.Command(person, Guid.CreateVersion7())),
                () => people.As(there.Session, new LinkPractitioner.Command(person, practitioner)),
                async (refusal, when) =>
                {
                    Assert.That(refusal?.Code, Is.EqualTo("linked_elsewhere"), when);
                    Assert.That(
                        await people.Db(db => db.People.Where(p => p.Id == person).Select(p => p.DirectoryPersonId).SingleAsync()),
                        Is.EqualTo(practitioner),
                        when
                    );
                }
            );
        });

    [Test]
    public Task S22_a_territory_is_what_one_of_two_said() =>
        meanwhile.Everywhere(async () =>
        {
            var (a, b) = await TwoAdministrators();
            await people.Db(async db =>
            {
                (await db.Organisations.SingleAsync(o => o.Id == a.Organisation)).Cover(["57001", "57002"], []);
                return await db.SaveChangesAsync();
            });
            Task Cover(Guid session, string commune) => people.As(session, new SetTerritory.Command(a.Organisation, [commune], []));
            return new(
                () => Cover(a.Session, "57001"),
                () => Cover(b.Session, "57002"),
                async (refusal, when) =>
                {
                    // Nobody grows by their own hand: the slow one finds that 57001 is gone.
                    Assert.That(refusal?.Code, Is.EqualTo("territory_too_large"), when);
                    Assert.That(
                        await people.Db(db =>
                            db.Set<OrganisationCommune>()
                                .Where(c => c.OrganisationId == a.Organisation)
                                .Select(c => c.Commune)
                                .ToListAsync()
                        ),
                        Is.EqualTo(new[] { "57002" }),
                        when
                    );
                }
            );
        });

    [Test]
    public Task S6_of_two_requests_for_the_last_reset_link_of_the_hour_one_gets_it() =>
        meanwhile.Everywhere(async () =>
        {
            var person = await Member(Roles.Professional, await Organisation());
            foreach (var _ in Enumerable.Range(0, 2))
                await ResetLink(person);
            var email = await Email(person);
            Task Ask() => people.Anonymously(new RequestReset.Command(email));
            return new(Ask, Ask, async (_, when) =>
                Assert.That(await people.Db(db => db.Links.CountAsync(l => l.PersonId == person)), Is.EqualTo(3), when)
            );
        });

    [Test]
    public Task S6_of_two_for_the_last_invitation_of_the_day_one_gets_it() =>
        meanwhile.Everywhere(async () =>
        {
            var (a, b) = await TwoAdministrators();
            await people.Db(async db =>
            {
                for (var i = 0; i < 199; i++)
                    db.Links.Add(
                        OneTimeLink.Invitation(
                            Guid.CreateVersion7(),
                            Secrets.Hash(Guid.CreateVersion7().ToString()),
                            "a@exemple.fr",
                            "Ada",
                            a.Organisation,
                            Roles.Professional,
                            people.Now
                        )
                    );
                return await db.SaveChangesAsync();
            });
            Task Invite(Guid session) =>
                people.As(session, new InvitePerson.Command($"i{Guid.CreateVersion7():n}@exemple.fr", "Ada Min", Roles.Professional));
            return new(
                () => Invite(a.Session),
                () => Invite(b.Session),
                (refusal, when) =>
                {
                    Assert.That(refusal?.Code, Is.EqualTo("too_many_invitations"), when);
                    return Task.CompletedTask;
                }
            );
        });

    private async Task Open(Opening opening, SignedInMember who)
    {
        switch (opening)
        {
            case Opening.ApiToken:
                await people.As(who.Session, new CreateApiToken.Command("essai", 5, []));
                break;
            case Opening.Passkey:
                await people.As(who.Session, new AddPasskey.Command(null, who.Person.ToString(), "state"));
                break;
            case Opening.Totp:
                var (secret, ticket) = EnrolTotp.Begin(host.Services.GetRequiredService<Tickets>(), who.Person);
                await people.As(who.Session, new EnrolTotp.Command(ticket, people.Code(secret)));
                break;
            case Opening.RecoveryCodes:
                await people.As(who.Session, new RenewRecoveryCodes.Command());
                break;
            case Opening.Authorization:
                await people.As(who.Session, new AuthorizeClient.Command("essai", []));
                break;
            default:
                await people.As(who.Session, new StepUp.Command(people.Code(who.Secret)));
                break;
        }
    }

    private sealed record SignedInMember(Guid Person, Guid Organisation, Guid Session, byte[] Secret);

    private Task<Guid> Organisation() =>
        people.Db(async db =>
        {
            var made = new Organisation(
                Guid.CreateVersion7(),
                OrganisationKind.HealthHouse,
                $"Maison {Guid.CreateVersion7():n}",
                null,
                people.Now
            );
            db.Organisations.Add(made);
            await db.SaveChangesAsync();
            return made.Id;
        });

    private async Task<(SignedInMember A, SignedInMember B)> TwoAdministrators()
    {
        var a = await SignedIn(Roles.Administrator);
        return (a, await SignedIn(Roles.Administrator, a.Organisation));
    }

    /// <summary>A member in a session that has just proven everything, and is known to the host.</summary>
    private async Task<SignedInMember> SignedIn(string role, Guid? organisation = null, bool totp = false)
    {
        var (place, secret) = (organisation ?? await Organisation(), new byte[Totp.SecretBytes]);
        var person = await Member(role, place);
        if (totp)
            await people.Db(async db =>
            {
                (await db.People.SingleAsync(p => p.Id == person)).EnrolTotp(
                    host.Services.GetRequiredService<Tickets>().SealForever(Proofs.TotpPurpose, secret),
                    0
                );
                return await db.SaveChangesAsync();
            });
        var session = await Session(person, place);
        await people.Credential(session);
        return new(person, place, session, secret);
    }

    private Task<Guid> Member(string role, Guid organisation, Guid? practitioner = null) =>
        people.Db(async db =>
        {
            var person = new Person(Guid.CreateVersion7(), $"m{Guid.CreateVersion7():n}@exemple.fr", "Membre Essai", null, people.Now);
            person.Is(practitioner);
            db.People.Add(person);
            db.Memberships.Add(new Membership(Guid.CreateVersion7(), person.Id, organisation, role, people.Now));
            await db.SaveChangesAsync();
            return person.Id;
        });

    private Task<Guid> Membership(Guid person, Guid organisation, string role) =>
        people.Db(async db =>
        {
            var membership = new Membership(Guid.CreateVersion7(), person, organisation, role, people.Now);
            db.Memberships.Add(membership);
            await db.SaveChangesAsync();
            return membership.Id;
        });

    private Task<Guid> Session(Guid person, Guid organisation) =>
        people.Db(async db =>
        {
            var session = new Session(Guid.CreateVersion7(), person, organisation, "pwd+totp", people.Now, people.Now, null, "Essai");
            db.Sessions.Add(session);
            await db.SaveChangesAsync();
            return session.Id;
        });

    private Task<string> Passkey(Guid person) =>
        people.Db(async db =>
        {
            var id = Guid.CreateVersion7().ToByteArray();
            db.Passkeys.Add(
                new IdentityUserPasskey<Guid>
                {
                    UserId = person,
                    CredentialId = id,
                    Data = new IdentityPasskeyData
                    {
                        PublicKey = [1],
                        CreatedAt = people.Now,
                        Transports = [],
                        AttestationObject = [1],
                        ClientDataJson = [1],
                    },
                }
            );
            await db.SaveChangesAsync();
            return System.Buffers.Text.Base64Url.EncodeToString(id);
        });

    private async Task<string> ResetLink(Guid person)
    {
        var (secret, email) = (Guid.CreateVersion7().ToString(), await Email(person));
        return await Keep(secret, OneTimeLink.Reset(Guid.CreateVersion7(), Secrets.Hash(secret), email, person, people.Now));
    }

    private async Task<string> Invitation(Guid person, Guid organisation, string role)
    {
        var (secret, email) = (Guid.CreateVersion7().ToString(), await Email(person));
        return await Keep(
            secret,
            OneTimeLink.Invitation(Guid.CreateVersion7(), Secrets.Hash(secret), email, "Membre Essai", organisation, role, people.Now)
        );
    }

    private Task<string> Keep(string secret, OneTimeLink link) =>
        people.Db(async db =>
        {
            db.Links.Add(link);
            await db.SaveChangesAsync();
            return secret;
        });

    private Task<string> Email(Guid person) => people.Db(db => db.People.Where(p => p.Id == person).Select(p => p.Email!).SingleAsync());

    private Task<List<string>> LiveRoles(Guid person) =>
        people.Db(db => db.Memberships.Where(m => m.PersonId == person && m.Until == null).Select(m => m.Role).ToListAsync());

    private Task<Guid> RoleOf(Guid person) =>
        people.Db(db => db.Memberships.Where(m => m.PersonId == person).Select(m => m.Id).SingleAsync());

    private int Departures(Guid person) => published.All.Where(e => e.Key == person).Select(e => e.EventId).Distinct().Count();

    /// <summary>Its answers are always right, to the person that the answer names.</summary>
    private sealed class WillingAuthenticator : IPasskeyHandler<Person>
    {
        public Task<PasskeyAttestationResult> PerformAttestationAsync(PasskeyAttestationContext context) =>
            Task.FromResult(
                PasskeyAttestationResult.Success(
                    new UserPasskeyInfo(
                        Guid.CreateVersion7().ToByteArray(),
                        [1],
                        DateTimeOffset.UnixEpoch,
                        0,
                        [],
                        true,
                        false,
                        false,
                        [1],
                        [1]
                    ),
                    new PasskeyUserEntity
                    {
                        Id = context.CredentialJson,
                        Name = "",
                        DisplayName = "",
                    }
                )
            );

        public Task<PasskeyAssertionResult<Person>> PerformAssertionAsync(PasskeyAssertionContext context) =>
            throw new NotSupportedException();

        public Task<PasskeyCreationOptionsResult> MakeCreationOptionsAsync(PasskeyUserEntity userEntity, HttpContext httpContext) =>
            throw new NotSupportedException();

        public Task<PasskeyRequestOptionsResult> MakeRequestOptionsAsync(Person? user, HttpContext httpContext) =>
            throw new NotSupportedException();
    }
}
