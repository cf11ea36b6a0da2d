using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Services;

namespace Parceo.SecureMail.Features;

/// <summary>What the operator said of a mail.</summary>
internal static class SettleMail
{
    /// <summary>Its answer.</summary>
    public enum Outcome
    {
        /// <summary>It took the mail (250).</summary>
        Taken,

        /// <summary>It refused it for good (5xx).</summary>
        Refused,

        /// <summary>It asks for patience (4xx), or the session broke.</summary>
        Later,

        /// <summary>Nobody answered, or nobody to trust.</summary>
        Unreachable,
    }

    /// <param name="Outcome">Its answer.</param>
    /// <param name="Code">SMTP status or error code.</param>
    [SystemOnly]
    public sealed record Command(Guid MailId, Outcome Outcome, string? Code = null) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Outcome).IsInEnum();
    }

    public sealed class Handler(SecureMailDb db, Outgoing outgoing, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var mail = await db.Sent.SingleOrDefaultAsync(m => m.Id == command.MailId, ct);
            if (mail is null)
                return Unit.Value;
            var (now, code) = (clock.GetUtcNow(), command.Code ?? "");
            var told = command.Outcome switch
            {
                Outcome.Taken => mail.Taken(now),
                Outcome.Refused => mail.Refuse(code, now),
                Outcome.Later => mail.Later(code, now),
                _ => mail.Stall(code, now),
            };
            if (told)
                outgoing.Tell(mail);
            return Unit.Value;
        }
    }
}
