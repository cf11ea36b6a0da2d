using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>
/// Tells people of messages that they have not read after some seconds: whoever has the page open reads them first and
/// is not disturbed. One conversation a ring and transaction; more are told by the next ring.
/// </summary>
internal static class TellUnread
{
    /// <summary>Rung every few seconds.</summary>
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(MessagingDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
        private const int AtOnce = 50;

        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var due = clock.GetUtcNow() - Patience;
            foreach (var conversation in await db.Conversations.Where(c => c.TellFrom != null && c.TellFrom <= due).OrderBy(c => c.TellFrom).Take(AtOnce).ToListAsync(ct)) await Tell(conversation, ct);
            return Unit.Value;
        }

        private async Task Tell(Conversation conversation, CancellationToken ct)
        {
            var behind = await db.Members.Where(m => m.ConversationId == conversation.Id && m.LeftAt == null && m.ReadSeq < conversation.LastMessageSeq && m.ToldSeq < conversation.LastMessageSeq).OrderBy(m => m.PersonId).Take(500).ToListAsync(ct);
            conversation.Told(null);
            if (behind.Count == 0) return;
            var from = behind.Min(m => Math.Max(m.ReadSeq, m.ToldSeq));
            var news = await db.Entries.AsNoTracking().Where(e => e.ConversationId == conversation.Id && e.Seq > from && (e.Kind == EntryKind.Message || e.Kind == EntryKind.Mail) && !e.Erased)
                .Select(e => new { e.Seq, e.SenderId, e.TopicId }).OrderByDescending(e => e.Seq).Take(500).ToListAsync(ct);
            var (ids, topics) = (behind.ConvertAll(m => m.PersonId), news.Select(n => n.TopicId).OfType<Guid>().Distinct().ToList());
            var mentions = await db.Mentions.AsNoTracking().Where(m => m.ConversationId == conversation.Id && ids.Contains(m.PersonId) && m.Seq > from).Select(m => new { m.PersonId, m.Seq }).ToListAsync(ct);
            List<(Guid Topic, Guid Person)> follows = topics.Count == 0 ? [] : [.. (await db.Follows.AsNoTracking().Where(f => topics.Contains(f.TopicId) && ids.Contains(f.PersonId)).ToListAsync(ct)).Select(f => (f.TopicId, f.PersonId))];
            var (named, others) = (new List<Guid>(), new List<Guid>());
            foreach (var m in behind)
            {
                var since = Math.Max(m.ReadSeq, m.ToldSeq);
                m.Told(conversation.LastMessageSeq);
                if (mentions.Exists(x => x.PersonId == m.PersonId && x.Seq > since) && m.Level != TellLevel.Nothing) named.Add(m.PersonId);
                else if (news.Exists(n => n.Seq > since && n.SenderId != m.PersonId && (m.Level == TellLevel.All || (n.TopicId is { } topic && follows.Contains((topic, m.PersonId)))))) others.Add(m.PersonId);
            }
            if (named.Count > 0) db.Publish(new MessagesWaiting(conversation.Id, named, Mentioned: true, Urgent: false), conversation.Id);
            if (others.Count > 0) db.Publish(new MessagesWaiting(conversation.Id, others, Mentioned: false, Urgent: false), conversation.Id);
        }
    }
}
