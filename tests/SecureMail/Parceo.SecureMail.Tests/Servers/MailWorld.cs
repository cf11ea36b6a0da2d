using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Data;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Features;
using Parceo.Testing;

namespace Parceo.SecureMail.Tests.Servers;

/// <summary>A host beside an operator, and two organisations with a mailbox each: A's people and B's.</summary>
internal sealed class MailWorld : IAsyncDisposable
{
    public const string A = "a@" + MailOperator.Domain,
        B = "b@" + MailOperator.Domain,
        Nobody = "personne@" + MailOperator.Domain;
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private MailWorld(MailOperator servers, ParceoHost host) => (Servers, Host) = (servers, host);

    public MailOperator Servers { get; }
    public ParceoHost Host { get; }
    public TestUser Ann { get; } = Person();
    public TestUser Bob { get; } = Person();
    public Guid BoxA { get; private set; }
    public Guid BoxB { get; private set; }

    public static TestUser Person(Guid? organisation = null, params string[] roles) =>
        new(Guid.CreateVersion7(), organisation ?? Guid.CreateVersion7(), roles.Length > 0 ? roles : [Roles.Professional]);

    public static async Task<MailWorld> Start(Engine engine, MailOperator servers, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var world = new MailWorld(servers, await ParceoHost.Start(engine, settings: settings ?? servers.Settings(boxes: [A, B])));
        world.BoxA = await world.Box(world.Ann, A);
        world.BoxB = await world.Box(world.Bob, B);
        return world;
    }

    /// <summary>A mailbox that one person opens and sends from.</summary>
    public async Task<Guid> Box(TestUser who, string address, MailboxKind kind = MailboxKind.App)
    {
        var admin = Person(who.OrganisationId, Roles.Administrator);
        var id = (await Host.Send(admin, new DeclareMailbox.Command(address, kind, "Cabinet Évrard"))).Id;
        await Host.Send(admin, new ChangeMailbox.Command(id, "Cabinet Évrard", [new(who.Id, true)]));
        return id;
    }

    public async Task<Guid> Send(
        string subject,
        string to = B,
        string text = "Bonjour,\n\nà revoir dès jeudi.",
        bool receipt = false,
        params Contracts.MailFile[] files
    ) => (await Host.Send(Ann, new ComposeMail.Command(BoxA, [to], subject, text, receipt, Files: files))).Id;

    /// <summary>The mail of this subject in Bob's box, once it is there.</summary>
    public async Task<ShowMail.Response> Arrived(string subject, TestUser? who = null)
    {
        who ??= Bob;
        ListMails.Row? row = null;
        await Expect.Eventually(
            async () => (row = (await Host.Send(who, new ListMails.Query())).Mails.FirstOrDefault(m => m.Subject == subject)) is not null,
            Soon,
            $"« {subject} »"
        );
        return await Host.Send(who, new ShowMail.Query(row!.Id));
    }

    public Task<OutMail> Stored(Guid mail) => Host.With<SecureMailDb, OutMail>(db => db.Sent.AsNoTracking().SingleAsync(m => m.Id == mail));

    public async Task Becomes(Guid mail, Contracts.MailState state) =>
        await Expect.Eventually(async () => (await Stored(mail)).State == state, Soon, $"{state}");

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
