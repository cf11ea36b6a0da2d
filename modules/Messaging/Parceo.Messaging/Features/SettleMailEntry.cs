using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Features;

/// <summary>Says in the conversation where a message by MSSanté stands. Late and repeated tidings change nothing.</summary>
internal static class SettleMailEntry
{
    [SystemOnly]
    public sealed record Command(Guid Id, MailState State, string? Code, DateTimeOffset At) : IRequest<Response?>;

    /// <summary>Where it is and who wrote it; null when it is no longer there.</summary>
    public sealed record Response(Guid ConversationId, Guid AuthorId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.State).IsInEnum();
    }

    public sealed class Handler(MessagingDb db, ConversationLog log) : IRequestHandler<Command, Response?>
    {
        public async Task<Response?> Handle(Command command, CancellationToken ct)
        {
            // The conversation first: whoever settles the letter from here on moves its last number, and this runs again.
            var place = db.MailEntries.Where(l => l.Id == command.Id).Select(l => l.ConversationId);
            if (
                await db.Conversations.SingleOrDefaultAsync(c => place.Contains(c.Id), ct) is not { } conversation
                || await db.MailEntries.SingleOrDefaultAsync(l => l.Id == command.Id, ct) is not { } letter
            )
                return null;
            if (letter.Become(command.State, command.At))
            {
                log.Add(
                    conversation,
                    EntryKind.MailState,
                    new EntryBody(State: command.State, Code: command.Code),
                    letter.AuthorId,
                    target: letter.Seq
                );
                log.Tell(conversation);
            }
            return new Response(letter.ConversationId, letter.AuthorId);
        }
    }
}
