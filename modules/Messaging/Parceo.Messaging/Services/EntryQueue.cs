using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Hubs;
using Parceo.Platform;

namespace Parceo.Messaging.Services;

/// <summary>What somebody wants to add to a conversation's log.</summary>
/// <param name="By">Who, with their rights at this moment.</param>
/// <param name="ClientId">Made by the client; the same one is stored once.</param>
/// <param name="Kind">One that is posted.</param>
/// <param name="Target">The message it is about.</param>
/// <param name="Body">What it says; files are named by id in <paramref name="FileIds"/>.</param>
/// <param name="FileIds">Files uploaded before.</param>
internal sealed record Posting(
    CallContext By,
    Guid ConversationId,
    Guid ClientId,
    EntryKind Kind,
    long? Target,
    EntryBody Body,
    IReadOnlyList<Guid> FileIds
);

/// <summary>What the client is told: its place in the order, once it is on disk.</summary>
internal sealed record Posted(long Seq, Guid Id, DateTimeOffset At);

/// <summary>
/// The queue before the log (docs/decisions/0010): whatever has gathered while the last transaction was written goes
/// into the next one, up to <see cref="MostAtOnce"/> entries, so that a burst costs one commit and not one each. Every
/// entry is answered for itself, after that commit; then it is pushed.
/// </summary>
internal sealed class EntryQueue(IServiceScopeFactory scopes, Rooms rooms, ILogger<EntryQueue> log) : BackgroundService
{
    private const int MostAtOnce = 256,
        MostWaiting = 4096,
        MostLost = 40;

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );

    private sealed record Waiting(Posting Posting)
    {
        public TaskCompletionSource<Posted> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Stores an entry and answers when it is on disk.</summary>
    /// <exception cref="RefusalException">Refused, nothing was stored; <see cref="BusyException"/> when too many wait (S50).</exception>
    public Task<Posted> Append(Posting posting, CancellationToken ct)
    {
        var waiting = new Waiting(posting);
        if (!queue.Writer.TryWrite(waiting))
            throw new BusyException("messaging_busy");
        return waiting.Answer.Task.WaitAsync(ct); // the entry is stored all the same: the client asks again with its id
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var gathered = new List<Waiting>(MostAtOnce);
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                while (gathered.Count < MostAtOnce && queue.Reader.TryRead(out var next))
                    gathered.Add(next);
                await Store(gathered);
                gathered.Clear();
            }
        }
        catch (OperationCanceledException)
        { /* stopping: nothing that waits was acknowledged */
        }
        queue.Writer.TryComplete();
        while (queue.Reader.TryRead(out var left))
            left.Answer.TrySetException(new BusyException("messaging_busy"));
    }

    private async Task Store(IReadOnlyList<Waiting> batch)
    {
        try
        {
            await StoreAtOnce(batch);
        }
        catch (Exception e)
        {
            if (batch.Count == 1)
            {
                if (e is not RefusalException)
                    log.LogWarning("An entry could not be stored: {Failure}", e.GetType().Name);
                batch[0].Answer.TrySetException(e);
                return;
            }
            // One of them spoils the transaction: each for itself, so that the others pass.
            foreach (var one in batch)
                await Store([one]);
        }
    }

    private async Task StoreAtOnce(IReadOnlyList<Waiting> batch)
    {
        for (var lost = 0; ; lost++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("messaging-queue");
            var entries = scope.ServiceProvider.GetRequiredService<EntryBatch>();
            try
            {
                var outcomes = await entries.Write([.. batch.Select(w => w.Posting)], CancellationToken.None);
                foreach (var (conversation, version, pushed) in entries.ToPush())
                    rooms.Push(conversation, version, pushed);
                for (var i = 0; i < batch.Count; i++)
                {
                    if (outcomes[i].Refusal is { } refusal)
                        batch[i].Answer.TrySetException(refusal);
                    else
                        batch[i].Answer.TrySetResult(outcomes[i].Posted!);
                }
                return;
            }
            catch (ConcurrentChangeException) when (lost < MostLost)
            { /* a member left, or another node wrote: look again */
            }
        }
    }
}
