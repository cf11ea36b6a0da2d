using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform;
using Parceo.SecureMail.Features;

namespace Parceo.SecureMail.Operator;

/// <summary>
/// Looks into every mailbox for what is new. It reads only: nothing is marked or removed at the operator's. A message is
/// known again by its Message-ID, so a second node or a second look changes nothing (S56).
/// </summary>
internal sealed class CollectionWorker(
    OperatorSettings settings,
    OperatorLink link,
    SystemSender system,
    TimeProvider clock,
    ILogger<CollectionWorker> log
) : BackgroundService
{
    // Then a message is noted as unreadable, so that it does not hold up those behind it for ever.
    private const int MostFailures = 3;
    private const int Batch = 50;
    private readonly Dictionary<(Guid Box, uint Uid), int> failures = [];

    // Others' limits are not ours; beyond this a mail is shown as too large.
    private const long Largest = 30 * 1024 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.IsConfigured)
            return;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Look(stoppingToken);
                await Task.Delay(settings.Poll, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        { /* stopping: a session may break in any way */
        }
    }

    private async Task Look(CancellationToken ct)
    {
        try
        {
            foreach (var box in await Send(new ListOpenMailboxes.Query(), ct))
                await Look(box, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError("MSSanté mailboxes could not be listed: {Failure}", e.GetType().Name);
        }
    }

    private async Task Look(ListOpenMailboxes.Box box, CancellationToken ct)
    {
        try
        {
            using var imap = await link.Imap(box.Address, ct);
            var inbox = imap.Inbox!;
            await inbox.OpenAsync(FolderAccess.ReadOnly, ct);
            var last = inbox.UidValidity == box.UidValidity ? box.LastUid : 0;
            await Send(new NoteMailboxCheck.Command(box.Id, inbox.UidValidity), ct);
            if (inbox.UidNext is { } next && next.Id <= last + 1)
                return;
            // A mailbox that is read from its beginning brings back nothing that was removed here because of its age.
            SearchQuery news = SearchQuery.Uids(new UniqueIdRange(new UniqueId((uint)last + 1), UniqueId.MaxValue));
            if (last == 0)
                news = news.And(SearchQuery.DeliveredAfter(clock.GetUtcNow().UtcDateTime - settings.Keep));
            var fresh = (await inbox.SearchAsync(news, ct)).Where(u => u.Id > last).OrderBy(u => u.Id).ToList();
            foreach (var part in fresh.Chunk(Batch))
            {
                foreach (
                    var summary in (await inbox.FetchAsync(part, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, ct)).OrderBy(s =>
                        s.UniqueId.Id
                    )
                )
                    await Take(box, inbox, summary, ct);
            }
            await imap.DisconnectAsync(true, ct);
        }
        catch (Exception e)
            when (!ct.IsCancellationRequested
                && (e as OperatorException)?.Message is var known
                && (known ?? OperatorLink.Understood(e)) is { } code
            )
        {
            await Send(new NoteMailboxCheck.Command(box.Id, box.UidValidity, code), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError("A MSSanté mailbox could not be read: {Failure}", e.GetType().Name);
        }
    }

    private async Task Take(ListOpenMailboxes.Box box, IMailFolder inbox, IMessageSummary summary, CancellationToken ct)
    {
        var size = summary.Size ?? 0;
        byte[]? bytes = null;
        if (size <= Largest)
        {
            await using var stream = await inbox.GetStreamAsync(summary.UniqueId, "", ct);
            using var memory = new MemoryStream((int)size);
            await stream.CopyToAsync(memory, ct);
            bytes = memory.ToArray();
        }
        var key = (box.Id, summary.UniqueId.Id);
        try
        {
            await Send(
                new ReceiveMail.Command(
                    box.Id,
                    inbox.UidValidity,
                    summary.UniqueId.Id,
                    size,
                    bytes,
                    Unreadable: failures.GetValueOrDefault(key) >= MostFailures
                ),
                ct
            );
            failures.Remove(key);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            failures[key] = failures.GetValueOrDefault(key) + 1;
            throw;
        }
    }

    private Task<T> Send<T>(MediatR.IRequest<T> request, CancellationToken ct) => system.Send(request, "securemail-collection", ct);
}
