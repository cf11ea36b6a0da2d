using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Parceo.Messaging.Client;

/// <summary>What a client keeps of an entry (docs/messaging-protocol.md §2).</summary>
internal sealed record Entry(
    Guid ConversationId,
    long Seq,
    Guid Id,
    string Kind,
    Guid By,
    DateTimeOffset At,
    Guid ClientId,
    long? Target,
    JsonElement? Body
)
{
    public string? Text =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("text", out var text) ? text.GetString() : null;
}

/// <summary>The answer to a posting: it is on disk.</summary>
internal sealed record Posted(long Seq, Guid Id, DateTimeOffset At);

/// <summary>
/// A client of the messaging protocol, written from its page: it keeps every conversation without gap or repetition,
/// whatever happens to the connection, and sends again what was not acknowledged.
/// </summary>
internal sealed class ChatClient(string url, string token, TimeSpan? patience = null) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250),
        Look = TimeSpan.FromSeconds(5);
    private static readonly string[] Final =
    [
        "conversation_unknown",
        "entry_invalid",
        "entry_target_unknown",
        "entry_not_yours",
        "already_taken",
        "guest_may_not",
        "file_unknown",
        "invalid",
    ];
    private readonly TimeSpan patience = patience ?? TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Guid, Log> logs = new();
    private TaskCompletionSource<HubConnection> connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task running = Task.CompletedTask;

    /// <summary>How long it took after each reconnection until everything missed was there.</summary>
    public ConcurrentBag<TimeSpan> Gaps { get; } = [];

    /// <summary>The node it speaks to hears the others; while it does not, this client looks by itself.</summary>
    public bool IsLive { get; private set; } = true;

    /// <summary>Why it had to try again last, for whoever looks for a fault.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Raised for each entry once, in the order of its conversation.</summary>
    public event Action<Entry>? Heard;

    private sealed class Log
    {
        public readonly Lock Gate = new();
        public readonly List<Entry> Entries = [];
        public long Last,
            Pushed;
        public bool Ended;
        public readonly SemaphoreSlim Fetching = new(1, 1);
    }

    /// <summary>Follows a conversation from the beginning, and connects if it has not yet.</summary>
    public void Follow(params Guid[] conversations)
    {
        foreach (var id in conversations)
            logs.TryAdd(id, new Log());
        if (running.IsCompleted)
            running = Task.Run(Run);
    }

    /// <summary>What it has, in order.</summary>
    public IReadOnlyList<Entry> History(Guid conversation)
    {
        var log = logs[conversation];
        lock (log.Gate)
            return [.. log.Entries];
    }

    /// <summary>The furthest entry that was pushed to it, shown or not.</summary>
    public long Pushed(Guid conversation) => Volatile.Read(ref logs[conversation].Pushed);

    /// <summary>Sends, again and again under the same id, until it is acknowledged or refused for good (null).</summary>
    public async Task<Posted?> Post(Guid conversation, string text, CancellationToken ct)
    {
        var entry = new
        {
            conversationId = conversation,
            clientId = Guid.CreateVersion7(),
            kind = "message",
            text,
        };
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                var hub = await connected.Task.WaitAsync(ct);
                return await hub.InvokeAsync<Posted>("Post", entry, ct).WaitAsync(patience, ct);
            }
            catch (HubException refused) when (Final.Any(code => refused.Message.Contains(code, StringComparison.Ordinal)))
            {
                return null;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                LastFailure = e.Message;
                await Task.Delay(Pause, ct); // nothing is known: the same id again
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Run()
    {
        while (!stop.IsCancellationRequested)
        {
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var hub = new HubConnectionBuilder()
                .WithUrl($"{url}/hubs/messaging", o =>
                {
                    o.AccessTokenProvider = () => Task.FromResult<string?>(token);
                    (o.Transports, o.SkipNegotiation) = (HttpTransportType.WebSockets, true); // one connection, not three, on a bad network
                })
                .AddJsonProtocol(o => o.PayloadSerializerOptions.PropertyNameCaseInsensitive = true)
                .Build();
            hub.ServerTimeout = TimeSpan.FromSeconds(30);
            hub.Closed += _ =>
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            };
            hub.On<Entry>("entry", entry => Take(hub, entry));
            hub.On<Guid, long>("hint", (conversation, seq) =>
            {
                if (logs.TryGetValue(conversation, out var log) && seq > log.Last)
                    _ = Fetch(hub, conversation, log);
            });
            IsLive = true;
            hub.On<bool>("live", whole => IsLive = whole);
            try
            {
                await hub.StartAsync(stop.Token);
                var link = Stopwatch.GetTimestamp();
                await CatchUp(hub);
                Gaps.Add(Stopwatch.GetElapsedTime(link));
                connected.TrySetResult(hub);
                while (!closed.Task.IsCompleted)
                {
                    await Task.WhenAny(closed.Task, Task.Delay(Look, stop.Token));
                    stop.Token.ThrowIfCancellationRequested();
                    if (!IsLive && !closed.Task.IsCompleted)
                        await CatchUp(hub);
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LastFailure = e.Message; /* the network, or the host is away */
            }
            catch (OperationCanceledException)
            { /* the end */
            }
            if (connected.Task.IsCompleted)
                connected = new(TaskCreationOptions.RunContinuationsAsynchronously); // whoever waits for a connection waits for the next one
            await Task.Delay(Pause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CatchUp(HubConnection hub)
    {
        var known = logs.Where(l => !l.Value.Ended).Select(l => new { conversationId = l.Key, seq = l.Value.Last }).ToList();
        foreach (var place in await hub.InvokeAsync<List<Position>>("Since", known, stop.Token))
            await Fetch(hub, place.ConversationId, logs[place.ConversationId]);
    }

    private void Take(HubConnection hub, Entry entry)
    {
        if (!logs.TryGetValue(entry.ConversationId, out var log))
            return;
        lock (log.Gate)
        {
            log.Pushed = Math.Max(log.Pushed, entry.Seq);
            if (entry.Seq <= log.Last)
                return;
            if (entry.Seq == log.Last + 1)
            {
                Keep(log, entry);
                return;
            }
        }
        _ = Fetch(hub, entry.ConversationId, log);
    }

    private async Task Fetch(HubConnection hub, Guid conversation, Log log)
    {
        await log.Fetching.WaitAsync(stop.Token);
        try
        {
            while (true)
            {
                var before = log.Last;
                var page = await hub.InvokeAsync<Page>("After", conversation, before, 200, stop.Token);
                lock (log.Gate)
                    foreach (var entry in page.Entries)
                        if (entry.Seq > log.Last)
                            Keep(log, entry); // a later start: what is older is not ours to see
                if (log.Last >= page.Last || log.Last == before)
                    return; // all of it, or the host gives nothing that is new
            }
        }
        catch (HubException refused) when (refused.Message.Contains("conversation_unknown", StringComparison.Ordinal))
        {
            log.Ended = true;
        }
        catch (Exception)
        { /* after the next connection */
        }
        finally
        {
            log.Fetching.Release();
        }
    }

    private void Keep(Log log, Entry entry)
    {
        log.Entries.Add(entry);
        log.Last = entry.Seq;
        Heard?.Invoke(entry);
    }

    private sealed record Position(Guid ConversationId, long Seq);

    private sealed record Page(List<Entry> Entries, long Last);
}
