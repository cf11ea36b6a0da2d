using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>
/// Tells people of messages of one conversation that they have not read. Whom such a notice already waits for is told
/// again when they are named, or after some minutes: twenty messages are not twenty alarms.
/// </summary>
internal static class TellConversation
{
    [SystemOnly]
    public sealed record Command(Guid ConversationId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ConversationId).NotEmpty().WithMessage("conversation_unknown");
    }

    public sealed class Handler(MessagingDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (
                await db.Conversations.SingleOrDefaultAsync(c => c.Id == command.ConversationId && c.TellFrom != null, ct)
                is not { } conversation
            )
                return Unit.Value;
            var behind = await db
                .Members.Where(m =>
                    m.ConversationId == conversation.Id
                    && m.LeftAt == null
                    && m.ReadSeq < conversation.LastMessageSeq
                    && m.ToldSeq < conversation.LastMessageSeq
                )
                .OrderBy(m => m.PersonId)
                .Take(500)
                .ToListAsync(ct);
            conversation.Told(null);
            if (behind.Count == 0)
                return Unit.Value;
            var from = behind.Min(Since);
            var news = await db
                .Entries.AsNoTracking()
                .Where(e =>
                    e.ConversationId == conversation.Id
                    && e.Seq > from
                    && (e.Kind == EntryKind.Message || e.Kind == EntryKind.Mail)
                    && !e.Erased
                )
                .Select(e => new
                {
                    e.Seq,
                    e.SenderId,
                    e.TopicId,
                })
                .OrderByDescending(e => e.Seq)
                .Take(500)
                .ToListAsync(ct);
            var (ids, topics) = (behind.ConvertAll(m => m.PersonId), news.Select(n => n.TopicId).OfType<Guid>().Distinct().ToList());
            var mentions = (
                await db
                    .Mentions.AsNoTracking()
                    .Where(m => m.ConversationId == conversation.Id && ids.Contains(m.PersonId) && m.Seq > from)
                    .Join(
                        db.Entries,
                        m => new { m.ConversationId, m.Seq },
                        e => new { e.ConversationId, e.Seq },
                        (m, e) =>
                            new
                            {
                                m.PersonId,
                                m.Seq,
                                e.SenderId,
                            }
                    )
                    .OrderByDescending(m => m.Seq)
                    .ToListAsync(ct)
            ).ToLookup(m => m.PersonId);
            List<(Guid Topic, Guid Person)> follows =
                topics.Count == 0
                    ? []
                    :
                    [
                        .. (
                            await db
                                .Follows.AsNoTracking()
                                .Where(f => topics.Contains(f.TopicId) && ids.Contains(f.PersonId))
                                .ToListAsync(ct)
                        ).Select(f => (f.TopicId, f.PersonId)),
                    ];
            var justTold = await JustTold(conversation.Id, behind, ct);
            var told = new List<(Guid Person, bool Mentioned, Guid By, int Others)>();
            foreach (var m in behind)
            {
                var since = Since(m);
                if (
                    m.Level != TellLevel.Nothing
                    && Senders(mentions[m.PersonId].Where(x => x.Seq > since).Select(x => x.SenderId), m) is [var naming, .. var alsoNaming]
                )
                    told.Add((m.PersonId, true, naming, alsoNaming.Length));
                else if (justTold.Contains(m.ToldSeq) && m.ToldSeq > m.ReadSeq)
                    continue;
                else if (
                    Senders(
                        news.Where(n =>
                                n.Seq > since
                                && (m.Level == TellLevel.All || (n.TopicId is { } topic && follows.Contains((topic, m.PersonId))))
                            )
                            .Select(n => n.SenderId),
                        m
                    )
                    is [var by, .. var others]
                )
                    told.Add((m.PersonId, false, by, others.Length));
                m.Told(conversation.LastMessageSeq);
            }
            var writers = told.Select(t => t.By).Distinct().ToList();
            var names = await db
                .Members.Where(m => m.ConversationId == conversation.Id && writers.Contains(m.PersonId))
                .ToDictionaryAsync(m => m.PersonId, m => m.Name, ct);
            names[Guid.Empty] = "Un correspondant MSSanté";
            foreach (var alike in told.GroupBy(t => (t.Mentioned, t.By, t.Others), t => t.Person))
                db.Publish(
                    new MessagesWaiting(
                        conversation.Id,
                        [.. alike],
                        alike.Key.Mentioned,
                        Urgent: false,
                        names.GetValueOrDefault(alike.Key.By),
                        alike.Key.Others,
                        conversation.Kind
                    ),
                    conversation.Id
                );
            return Unit.Value;
        }

        /// <summary>Who wrote to somebody, the last one first; nobody to themselves.</summary>
        private static Guid[] Senders(IEnumerable<Guid> newestFirst, Member to) => [.. newestFirst.Where(s => s != to.PersonId).Distinct()];

        private static long Since(Member m) => Math.Max(m.ReadSeq, m.ToldSeq);

        /// <summary>Places up to which somebody was told lately: they were told some seconds after the entry there.</summary>
        private async Task<List<long>> JustTold(Guid conversation, List<Member> behind, CancellationToken ct)
        {
            var (told, quiet) = (
                behind.Where(m => m.ToldSeq > m.ReadSeq).Select(m => m.ToldSeq).Distinct().ToList(),
                clock.GetUtcNow() - Quiet
            );
            return told.Count == 0
                ? []
                : await db
                    .Entries.AsNoTracking()
                    .Where(e => e.ConversationId == conversation && told.Contains(e.Seq) && e.At > quiet)
                    .Select(e => e.Seq)
                    .ToListAsync(ct);
        }
    }
}
