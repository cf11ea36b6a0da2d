using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Events;
using Parceo.SecureMail.Services;

namespace Parceo.SecureMail.Features;

/// <summary>Sends again, under the same Message-ID, what the operator refused or never took: the dead letters are people's to replay.</summary>
internal static class RetryMail
{
    [Requires(SecureMailPermissions.Send)]
    public sealed record Command(Guid Id) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SecureMailDb db, Outgoing outgoing, ICurrentUser user, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var mail = await db.Sent.SingleOrDefaultAsync(m => m.Id == command.Id, ct) ?? throw new NotFoundException("mail_unknown");
            if (!await db.Members.AnyAsync(m => m.MailboxId == mail.MailboxId && m.PersonId == user.Id && m.MaySend, ct))
                throw new ForbiddenException("mailbox_read_only");
            if (await db.Mailboxes.AnyAsync(b => b.Id == mail.MailboxId && b.ClosedAt != null, ct))
                throw new ConflictException("mailbox_closed");
            if (!mail.Again(clock.GetUtcNow()))
                throw new ConflictException("mail_not_refused");
            db.Publish(new MailDue(mail.Id), mail.Id);
            outgoing.Tell(mail);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("sent/{id:guid}/retry", async (Guid id, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(id), ct);
                return TypedResults.NoContent();
            })
            .WithName("RetryMail")
            .WithSummary("Sends a refused mail again")
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
}
