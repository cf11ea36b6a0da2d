using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Services;

namespace Parceo.SecureMail.Features;

/// <summary>A message of a mailbox: stored once (S56), together with how far the mailbox was read.</summary>
internal static class ReceiveMail
{
    /// <param name="UidValidity">Of its INBOX.</param>
    /// <param name="Uid">Of the message.</param>
    /// <param name="Size">As the server says, bytes.</param>
    /// <param name="Message">MIME; null when it is too large to be fetched.</param>
    /// <param name="Unreadable">It failed again and again: noted, and passed over.</param>
    [SystemOnly]
    public sealed record Command(Guid MailboxId, long UidValidity, long Uid, long Size, byte[]? Message, bool Unreadable = false)
        : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SecureMailDb db, Incoming incoming) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (await db.Mailboxes.SingleOrDefaultAsync(m => m.Id == command.MailboxId, ct) is not { } box)
                return Unit.Value;
            await incoming.Take(box, command.Size, command.Message, $"{command.UidValidity}/{command.Uid}", command.Unreadable, ct);
            box.Passed(command.UidValidity, command.Uid);
            return Unit.Value;
        }
    }
}
