using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Data;

namespace Parceo.SecureMail.Features;

/// <summary>Whether a mailbox can be read: shown to whoever opens it.</summary>
internal static class NoteMailboxCheck
{
    /// <param name="UidValidity">Of its INBOX.</param>
    /// <param name="Trouble">Error code; null when all is well.</param>
    [SystemOnly]
    public sealed record Command(Guid MailboxId, long UidValidity, string? Trouble = null) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SecureMailDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (await db.Mailboxes.SingleOrDefaultAsync(m => m.Id == command.MailboxId, ct) is not { } box)
                return Unit.Value;
            if (command.Trouble is { } code)
                box.Failed(code);
            else
                box.Checked(command.UidValidity, clock.GetUtcNow());
            return Unit.Value;
        }
    }
}
