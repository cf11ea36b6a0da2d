using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Features;

/// <summary>What a message by MSSanté says, for the mail that it becomes.</summary>
internal static class ReadMailEntry
{
    [SystemOnly]
    public sealed record Query(Guid Id) : IRequest<Response?>;

    /// <summary>Null when it is no longer there.</summary>
    /// <param name="Answers">The received mail that it answers.</param>
    /// <param name="Whole">False when a file of it is gone: it must not leave without.</param>
    public sealed record Response(
        Guid OrganisationId,
        Guid AuthorId,
        string From,
        string To,
        string Subject,
        string Text,
        IReadOnlyList<MailFile> Files,
        Guid? Answers,
        bool Whole
    );

    public sealed class Handler(MessagingDb db, MessageSeal seal, SealedFiles content) : IRequestHandler<Query, Response?>
    {
        public async Task<Response?> Handle(Query query, CancellationToken ct)
        {
            if (await db.MailEntries.AsNoTracking().SingleOrDefaultAsync(l => l.Id == query.Id, ct) is not { } letter)
                return null;
            var sealing = await db.Conversations.Where(c => c.Id == letter.ConversationId).Select(c => c.OrganisationId).SingleAsync(ct);
            var entry = await db
                .Entries.AsNoTracking()
                .SingleAsync(e => e.ConversationId == letter.ConversationId && e.Seq == letter.Seq, ct);
            var body = seal.OpenBody(entry.Body, sealing, entry.Id)!;
            var files = new List<MailFile>();
            foreach (var attached in body.Files ?? [])
                if (await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == attached.Id, ct) is { } file)
                    files.Add(new MailFile(attached.Name, await content.Read(file, ct)));
            var answered = body.ReplyTo is { } seq
                ? await db.Entries.AsNoTracking().SingleOrDefaultAsync(e => e.ConversationId == letter.ConversationId && e.Seq == seq, ct)
                : null;
            return new Response(
                letter.OrganisationId,
                letter.AuthorId,
                body.Mail!.From,
                body.Mail.To,
                body.Mail.Subject,
                body.Text!,
                files,
                answered is null ? null : seal.OpenBody(answered.Body, sealing, answered.Id)?.Outside?.MailId,
                files.Count == (body.Files?.Count ?? 0)
            );
        }
    }
}
