using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Messaging.Tests.Features;

/// <summary>One host with the demo world for each engine, for all tests of requests: each makes conversations of its own.</summary>
internal sealed class Talk(ParceoHost host)
{
    private static readonly Dictionary<Engine, ParceoHost> Hosts = [];

    /// <summary>Of all these hosts.</summary>
    public static readonly Meanwhile Meanwhile = new();

    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    public static readonly TestUser Roche = As(DemoCast.Roche),
        Haddad = As(DemoCast.Haddad),
        Faure = As(DemoCast.Faure),
        Zemmour = As(DemoCast.Zemmour),
        Bost = As(DemoCast.Bost),
        Noel = As(DemoCast.Noel),
        Lenoir = As(DemoCast.Lenoir),
        Karim = As(DemoCast.Sellami),
        Kuhn = As(DemoCast.Kuhn),
        Caron = As(DemoCast.Caron);

    public ParceoHost Host => host;

    public static async Task<Talk> On(Engine engine)
    {
        if (!Hosts.TryGetValue(engine, out var known))
            Hosts[engine] = known = await ParceoHost.Start(
                engine,
                demo: true,
                services: Meanwhile.Watch<MessagingDbSqlite, MessagingDbPostgreSql, MessagingDbSqlServer>
            );
        return new Talk(known);
    }

    public static async Task End()
    {
        foreach (var host in Hosts.Values)
            await host.DisposeAsync();
        Hosts.Clear();
    }

    public static TestUser As(CastMember who) =>
        new(who.Id, who.Organisation.Id, [.. who.Roles]) { PractitionerIds = who.DirectoryPersonId is { } id ? [id] : [] };

    public async Task<Guid> Channel(bool open = true, params TestUser[] people) =>
        (await host.Send(Karim, new OpenChannel.Command("Vie de la CPTS", open, [.. people.Select(p => p.Id)]))).Id;

    public async Task<Guid> Desk(params TestUser[] staff) =>
        (await host.Send(Karim, new OpenDesk.Command("Secrétariat", "Rendez-vous, courriers", [.. staff.Select(p => p.Id)]))).Id;

    public async Task<long> Write(TestUser by, Guid conversation, string text = "Bonjour", Guid? topic = null) =>
        (await host.Send(by, new PostEntry.Command(conversation, Guid.CreateVersion7(), Text: text, Topic: topic))).Seq;

    public Task<ShowConversation.Response> Head(TestUser who, Guid conversation) =>
        host.Send(who, new ShowConversation.Query(conversation));

    public async Task<IReadOnlyList<EntryKind>> Kinds(TestUser who, Guid conversation) =>
        [.. (await host.Send(who, new ListEntries.Query(conversation, 0, 200))).Entries.Select(e => e.Kind)];

    /// <summary>Why it is refused: the code, or that of the field.</summary>
    public static async Task<string> Why(Func<Task> act) =>
        await Expect.Refused(act) is var refusal && refusal is InvalidException { Errors.Count: > 0 } invalid
            ? invalid.Errors.Values.First()[0]
            : refusal.Code;

    public async Task<bool> IsIn(TestUser who, Guid conversation) =>
        await host.With<MessagingDb, bool>(db =>
            db.Members.AnyAsync(m => m.ConversationId == conversation && m.PersonId == who.Id && m.LeftAt == null)
        );
}

/// <summary>Ends the hosts after the last test.</summary>
[SetUpFixture]
internal sealed class TalkEnds
{
    [OneTimeTearDown]
    public Task End() => Talk.End();
}
