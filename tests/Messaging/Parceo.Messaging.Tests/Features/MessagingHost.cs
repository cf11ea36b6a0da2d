using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Messaging.Tests.Features;

/// <summary>A host with the demo world, whose people have accounts, and what its tests do often.</summary>
internal abstract class MessagingHost(Engine engine)
{
    protected ParceoHost Host { get; private set; } = null!;
    protected Engine Engine => engine;

    protected static TestUser Roche { get; } = Of(DemoCast.Roche);
    protected static TestUser Haddad { get; } = Of(DemoCast.Haddad);
    protected static TestUser Faure { get; } = Of(DemoCast.Faure);
    protected static TestUser Zemmour { get; } = Of(DemoCast.Zemmour);
    protected static TestUser Noel { get; } = Of(DemoCast.Noel);
    protected static TestUser Karim { get; } = Of(DemoCast.Sellami);

    /// <summary>A social worker of another organisation.</summary>
    protected static TestUser Hugo { get; } = Of(DemoCast.Lenoir);
    protected static TestUser Kuhn { get; } = Of(DemoCast.Kuhn);
    protected static TestUser Caron { get; } = Of(DemoCast.Caron);

    [OneTimeSetUp]
    public async Task StartHost() => Host = await ParceoHost.Start(engine, demo: true, settings: Settings);

    [OneTimeTearDown]
    public async Task StopHost() => await Host.DisposeAsync();

    protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    protected static TestUser Of(CastMember member) => new(member.Id, member.Organisation.Id, [.. member.Roles]);

    /// <summary>A group begun by the first.</summary>
    protected async Task<Guid> Group(TestUser owner, params TestUser[] others) =>
        (await Host.Send(owner, new OpenConversation.Command([.. others.Select(o => o.Id)], "Groupe d’essai"))).Id;

    protected Task<PostEntry.Response> Write(TestUser who, Guid conversation, string text, Guid? clientId = null) =>
        Host.Send(who, new PostEntry.Command(conversation, clientId ?? Guid.CreateVersion7(), Text: text));

    protected async Task<IReadOnlyList<ListHistory.Line>> Thread(TestUser who, Guid conversation) =>
        (await Host.Send(who, new ListHistory.Query(conversation))).Messages;
}
