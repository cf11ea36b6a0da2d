using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Features;

[TestFixtureSource(typeof(Engines))]
public sealed class SignInTests(Engine engine)
{
    private readonly ListeningHasher hasher = new();
    private ParceoHost host = null!;
    private SignedIn people = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        people = new SignedIn(host = await ParceoHost.Start(engine, services: s => s.AddSingleton<IPasswordHasher<Person>>(hasher)));

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [TearDown]
    public void TimeGoesOn() => host.Clock.Resume();

    [Test]
    public async Task S3_sensitive_permissions_wait_for_the_second_factor()
    {
        var (email, _) = await people.Administrator();
        var first = (await people.SignIn(email)).SessionId!.Value;
        var before = await people.As(first, new Contracts.GetMe());
        var credential = await people.Credential(first);
        var (secret, session, codes) = await people.Enrol(first);
        var after = await people.As(session, new Contracts.GetMe());

        Assert.Multiple(() =>
        {
            Assert.That(before!.Permissions, Does.Contain(AccessPermissions.SeePeople).And.Not.Contain(AccessPermissions.ManagePeople));
            Assert.That(credential!.MustEnrol, Is.True);
            Assert.That(after!.Permissions, Does.Contain(AccessPermissions.ManagePeople));
            Assert.That(after.SecondFactor, Is.True);
            Assert.That(codes, Has.Count.EqualTo(10).And.Unique);
        });
        Assert.That(await people.Credential(first), Is.Null, "S8: the session before the step up has ended");
        Assert.That((await Expect.Refused(() => people.As(first, new ListSessions.Query()))).Code, Is.EqualTo("not_signed_in"));
        Assert.That((await people.SignIn(email)).SessionId, Is.Null, "the password alone opens nothing any more");
        Assert.That(secret, Has.Length.EqualTo(20));
    }

    [Test]
    public async Task S3_each_code_opens_once_and_each_recovery_code_once()
    {
        var (email, _) = await people.Administrator();
        host.Clock.Stop(); // the next code comes when the test says so
        var (secret, _, codes) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        var ticket = (await people.SignIn(email)).Ticket!;

        async Task<bool> Opens(string code) => (await people.Anonymously(new SignInWithCode.Command(ticket, code))).SessionId is not null;

        Assert.That(await Opens(people.Code(secret)), Is.False, "used for the enrolment");
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = people.Code(secret);
        Assert.That(await Opens(code), Is.True);
        Assert.That(await Opens(code), Is.False);
        Assert.That(await Opens(codes[3].ToLowerInvariant()), Is.True);
        Assert.That(await Opens(codes[3]), Is.False);
    }

    [Test]
    public async Task S3_a_reset_password_keeps_the_second_factor_and_ends_what_was_open()
    {
        var (email, _) = await people.Administrator();
        var (_, session, _) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        var token = (await people.As(session, new CreateApiToken.Command("essai", 5, []))).Token;
        var reset = (await people.Anonymously(new RequestReset.Command(email))).Token!;

        await people.Anonymously(new ResetPassword.Command(reset, "une tout autre phrase longue"));

        var answer = await people.SignIn(email, "une tout autre phrase longue");
        Assert.Multiple(() =>
        {
            Assert.That(answer.SessionId, Is.Null);
            Assert.That(answer.HasTotp, Is.True);
        });
        Assert.That(await people.Credential(session), Is.Null);
        Assert.That((await people.SignIn(email)).Ticket, Is.Null, "the old password is void");
        Assert.That(
            (await Expect.Refused(() => people.Anonymously(new ResetPassword.Command(reset, "encore une autre phrase")))).Code,
            Is.EqualTo("link_unknown"),
            "S6: used once"
        );
        using var client = host.Client(token);
        Assert.That((int)(await client.GetAsync(new Uri("/api/access/me", UriKind.Relative))).StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task S4_ten_failures_close_the_account_even_for_the_right_password()
    {
        var (email, _) = await people.Administrator();
        for (var i = 0; i < 10; i++)
        {
            Assert.That((await people.SignIn(email, "ce n'est pas le bon mot")).SessionId, Is.Null);
            host.Clock.Advance(TimeSpan.FromSeconds(65));
        }
        Assert.That(await people.SignIn(email), Is.EqualTo(SignInWithPassword.Response.Refused));
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.That((await people.SignIn(email)).SessionId, Is.Not.Null);
    }

    [Test]
    public async Task S4_parallel_guesses_are_decided_one_after_the_other()
    {
        var (email, _) = await people.Administrator();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => people.SignIn(email, $"pas le bon mot de passe {i}")));

        var normalized = EmailAddress.Normalize(email);
        var failures = await people.Db(db =>
            db.People.Where(p => p.NormalizedEmail == normalized).Select(p => p.AccessFailedCount).SingleAsync()
        );
        Assert.That(failures, Is.EqualTo(3), "none is lost: each was decided on what the one before left behind");
    }

    [Test]
    public async Task S5_known_and_unknown_addresses_cost_the_same_work()
    {
        var (email, _) = await people.Administrator();
        var known = await Checked(email);
        var unknown = await Checked("inconnu@exemple.fr");
        Assert.Multiple(() =>
        {
            Assert.That(known, Has.Count.EqualTo(1));
            Assert.That(unknown, Is.EqualTo(known), "as many checks, each of a hash of the same cost");
        });
    }

    [Test]
    public async Task S6_an_invitation_to_an_existing_address_writes_no_credentials()
    {
        var (email, _) = await people.Administrator();
        var organisation = $"Maison {Guid.CreateVersion7():n}";
        var token = (
            await host.SendAsSystem(new CreateAdministrator.Command(email, "Zoé Quidam", organisation, OrganisationKind.HealthHouse))
        ).Token;

        await people.Anonymously(new AcceptInvitation.Command(token, "Imposteur Malin", "la phrase de quelqu'un d'autre"));

        Assert.That((await people.SignIn(email, "la phrase de quelqu'un d'autre")).SessionId, Is.Null);
        var session = (await people.SignIn(email)).SessionId!.Value;
        await people.As(session, new JoinByInvitation.Command(token));
        var me = await people.As(session, new Contracts.GetMe());
        Assert.Multiple(() =>
        {
            Assert.That(me!.Name, Is.EqualTo("Zoé Quidam"));
            Assert.That(me.Organisation!.Name, Is.EqualTo(organisation));
            Assert.That(me.Organisations, Has.Count.EqualTo(2));
        });
        Assert.That((await Expect.Refused(() => people.As(session, new JoinByInvitation.Command(token)))).Code, Is.EqualTo("link_unknown"));
    }

    [Test]
    public async Task S6_an_invitation_is_for_its_address_and_ends_after_72_hours()
    {
        var (mine, _) = await people.Administrator();
        var token = (
            await host.SendAsSystem(
                new CreateAdministrator.Command("autre@exemple.fr", "Autre Que Moi", "Maison autre", OrganisationKind.HealthHouse)
            )
        ).Token;
        var session = (await people.SignIn(mine)).SessionId!.Value;

        Assert.That(
            (await Expect.Refused(() => people.As(session, new JoinByInvitation.Command(token)))).Code,
            Is.EqualTo("invitation_for_another")
        );
        host.Clock.Advance(TimeSpan.FromHours(72));
        Assert.That((await Expect.Refused(() => people.Anonymously(new ShowInvitation.Query(token)))).Code, Is.EqualTo("link_unknown"));
    }

    [Test]
    public async Task S8_a_session_ends_idle_or_old()
    {
        var (email, _) = await people.Administrator();
        var session = (await people.SignIn(email)).SessionId!.Value;
        var lastSeen = (LastSeen)host.Services.GetService(typeof(LastSeen))!;
        for (var i = 0; i < 28; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(25));
            await lastSeen.Record(session, (await people.Credential(session))!, default);
        }
        Assert.That(await people.Credential(session), Is.Not.Null, "11 h 40 with signs of life");
        host.Clock.Advance(TimeSpan.FromMinutes(21));
        Assert.That(await people.Credential(session), Is.Null, "12 hours in all");

        var other = (await people.SignIn(email)).SessionId!.Value;
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.That(await people.Credential(other), Is.Null, "idle");
    }

    [Test]
    public async Task S9_a_disabled_account_is_out_at_once()
    {
        var (email, _) = await people.Administrator();
        var session = (await people.SignIn(email)).SessionId!.Value;
        Assert.That(await people.Credential(session), Is.Not.Null);

        await host.SendAsSystem(new DisablePerson.Command(email, Enable: false));

        Assert.That(await people.Credential(session), Is.Null);
        Assert.That((await people.SignIn(email)).SessionId, Is.Null);
    }

    [Test]
    public async Task S10_a_factor_is_removed_only_after_a_recent_proof_and_never_the_last_one()
    {
        var (email, _) = await people.Administrator();
        var (secret, session, _) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        Assert.That((await Expect.Refused(() => people.As(session, new RemoveTotp.Command()))).Code, Is.EqualTo("factor_needed"));

        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.That((await Expect.Refused(() => people.As(session, new RenewRecoveryCodes.Command()))).Code, Is.EqualTo("step_up_needed"));
        Assert.That((await people.As(session, new StepUp.Command("000000"))).SessionId, Is.Null);
        var next = (await people.As(session, new StepUp.Command(people.Code(secret)))).SessionId!.Value;
        Assert.That(next, Is.Not.EqualTo(session));
        Assert.That((await people.As(next, new RenewRecoveryCodes.Command())).Codes, Has.Count.EqualTo(10));
    }

    /// <summary>The hashes that one wrong guess makes the host check: format and cost, without salt and key.</summary>
    private async Task<List<string>> Checked(string email)
    {
        hasher.Checked.Clear();
        await people.SignIn(email, "pas le bon mot de passe");
        return [.. hasher.Checked];
    }

    /// <summary>The real hasher, which also says what it was asked to check.</summary>
    private sealed class ListeningHasher() : PasswordHasher<Person>(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }))
    {
        public ConcurrentQueue<string> Checked { get; } = new();

        public override PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
        {
            Checked.Enqueue(Convert.ToHexString(Convert.FromBase64String(hashedPassword)[..13])); // version, function, iterations, length of the salt
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
