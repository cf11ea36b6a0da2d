using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Access.Data;
using Parceo.Access.Features;
using Parceo.Messaging.Client;
using Parceo.Platform.Data;
using Parceo.Platform.Web;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// S9, S24: whoever may no longer take part is cut from the messaging hub and hears nothing of what follows, whichever
/// way it was taken from them. That the house looks at its connections often enough is HubTests' (Access).
/// </summary>
internal sealed class ChatRevocationTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private ParceoHost host = null!;
    private Guid community,
        other;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(Engine.Sqlite);
        (community, other) = (await host.Organisation("CPTS"), await host.Organisation("MSP"));
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test, CancelAfter(180_000)]
    public async Task S9_A_session_account_token_membership_or_permission_that_ends_cuts_the_connection_and_nothing_more_is_heard(
        CancellationToken ct
    )
    {
        var administrator = new TestUser(Guid.CreateVersion7(), community, [Roles.Administrator]);
        var (writes, stays) = (
            await host.Member(community, "Writes", [Roles.Professional]),
            await host.Member(community, "Stays", [Roles.Professional])
        );
        var ended = new Dictionary<string, World.Caller>();
        foreach (var how in new[] { "session", "account", "token", "membership", "permission" })
            ended[how] = await host.Member(
                community,
                $"Loses the {how}",
                how == "permission" ? [Roles.Professional, Roles.Regulator] : [Roles.Professional]
            );
        var cookie = await host.SessionCookie(ended["session"]);

        await using var writer = new ChatClient(host.Url, writes.Token);
        var room = await Room(writes, [stays, .. ended.Values]);
        writer.Follow(room);
        await using var stayer = await Page.Open(host.Url, stays.Token);
        var pages = new Dictionary<string, Page>();
        foreach (var (how, who) in ended)
            pages[how] = await Page.Open(host.Url, who.Token, how == "session" ? cookie : null);
        await writer.Post(room, "to all", ct);
        foreach (var page in pages.Values.Append(stayer))
            await page.Hears("to all");

        await host.Send(
            administrator,
            new EndSession.Command(
                await host.With<AccessDb, Guid>(db =>
                    db.Sessions.Where(s => s.PersonId == ended["session"].Id).Select(s => s.Id).SingleAsync(ct)
                )
            )
        );
        await host.SendAsSystem(
            new DisablePerson.Command(
                await host.With<AccessDb, string>(db =>
                    db.People.Where(p => p.Id == ended["account"].Id).Select(p => p.Email!).SingleAsync(ct)
                ),
                Enable: false
            )
        );
        await host.Send(
            new TestUser(ended["token"].Id, community, [Roles.Professional]),
            new RevokeApiToken.Command(
                await host.With<AccessDb, Guid>(db =>
                    db.Tokens.Where(t => t.PersonId == ended["token"].Id).Select(t => t.Id).SingleAsync(ct)
                )
            )
        );
        foreach (var how in new[] { "membership", "permission" })
            await host.Send(
                administrator,
                new EndMembership.Command(
                    await host.With<AccessDb, Guid>(db =>
                        db.Memberships.Where(m => m.PersonId == ended[how].Id && m.Role == Roles.Professional)
                            .Select(m => m.Id)
                            .SingleAsync(ct)
                    )
                )
            );

        await host.Services.GetRequiredService<HubConnections>().CutWhatEnded(ct);
        foreach (var (how, page) in pages)
            Assert.That(async () => await page.Closed.WaitAsync(Soon, ct), Throws.Nothing, how);
        await writer.Post(room, "to who may", ct);
        await stayer.Hears("to who may");
        Assert.That(stayer.Closed.IsCompleted, Is.False, "the others stay connected");
        foreach (var (how, page) in pages)
        {
            Assert.That(page.Heard, Has.None.EqualTo("to who may"), how);
            // The same credentials open nothing any more, on either people.
            await using var again = await Page.TryOpen(host.Url, ended[how].Token, how == "session" ? cookie : null);
            if (again is not null)
                Assert.That(async () => await again.Closed.WaitAsync(Soon, ct), Throws.Nothing, how);
            using var api = new Api(host.Url, how == "session" ? null : ended[how].Token);
            Assert.That(
                (await api.Send(HttpMethod.Get, $"/api/messaging/conversations/{room}/entries", ct: ct)).Status,
                Is.EqualTo(how == "permission" ? 403 : 401),
                how
            );
        }
    }

    [Test, CancelAfter(180_000)]
    public async Task S24_Who_is_removed_from_a_conversation_goes_on_hearing_the_others_only(CancellationToken ct)
    {
        var (writes, goes, guest) = (
            await host.Member(community, "Owner", [Roles.Professional]),
            await host.Member(community, "Goes", [Roles.Professional]),
            await host.Member(other, "Guest", [Roles.Professional])
        );
        var (left, kept) = (await Room(writes, [goes, guest]), await Room(writes, [goes, guest]));
        await using var writer = new ChatClient(host.Url, writes.Token);
        writer.Follow(left, kept);
        await using var page = await Page.Open(host.Url, goes.Token);
        await using var guestPage = await Page.Open(host.Url, guest.Token);
        await writer.Post(left, "first", ct);
        await page.Hears("first");
        using (var owner = new Api(host.Url, writes.Token))
            foreach (var person in new[] { goes, guest })
                Assert.That(
                    (await owner.Send(HttpMethod.Delete, $"/api/messaging/conversations/{left}/members/{person.Id}", ct: ct)).Status,
                    Is.EqualTo(204)
                );
        await writer.Post(left, "after", ct);
        await writer.Post(kept, "elsewhere", ct);
        foreach (var one in new[] { page, guestPage })
        {
            await one.Hears("elsewhere"); // told in order: what came before would have come
            Assert.That(one.Heard, Has.None.EqualTo("after"));
        }
    }

    private async Task<Guid> Room(World.Caller owner, IEnumerable<World.Caller> others)
    {
        using var api = new Api(host.Url, owner.Token);
        var opened = await api.Send(
            HttpMethod.Post,
            "/api/messaging/conversations",
            $$"""{"personIds":[{{string.Join(',', others.Select(o => $"\"{o.Id}\""))}}],"title":"Room"}"""
        );
        Assert.That(opened.Status, Is.EqualTo(200), opened.Code);
        return opened.Body.GetProperty("id").GetGuid();
    }

    /// <summary>An open page that notes what it hears and when it is cut; it does not connect again.</summary>
    private sealed class Page : IAsyncDisposable
    {
        private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<string> heard = [];
        private readonly HubConnection connection;

        private Page(HubConnection connection)
        {
            this.connection = connection;
            connection.On<Entry>("entry", e =>
            {
                lock (heard)
                    heard.Add(e.Text ?? e.Kind);
            });
            connection.Closed += _ =>
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            };
        }

        public Task Closed => closed.Task;

        public IReadOnlyList<string> Heard
        {
            get
            {
                lock (heard)
                    return [.. heard];
            }
        }

        public static async Task<Page> Open(string url, string token, string? cookie = null)
        {
            var page = new Page(
                new HubConnectionBuilder()
                    .WithUrl($"{url}/hubs/messaging", o =>
                    {
                        (o.Transports, o.SkipNegotiation) = (HttpTransportType.WebSockets, true);
                        if (cookie is null)
                            o.AccessTokenProvider = () => Task.FromResult<string?>(token);
                        else
                            (o.Headers["Cookie"], o.Headers["Origin"]) = (cookie, url);
                    })
                    .Build()
            );
            await page.connection.StartAsync();
            return page;
        }

        /// <summary>Null when it is refused at the people.</summary>
        public static async Task<Page?> TryOpen(string url, string token, string? cookie)
        {
            try
            {
                return await Open(url, token, cookie);
            }
            catch (Exception e)
                when (e is System.Net.WebSockets.WebSocketException or HttpRequestException or IOException or OperationCanceledException)
            {
                return null;
            }
        }

        public Task Hears(string text) => Expect.Eventually(() => Task.FromResult(Heard.Contains(text)), Soon, text);

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
