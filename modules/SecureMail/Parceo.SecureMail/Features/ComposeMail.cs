using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Services;

namespace Parceo.SecureMail.Features;

/// <summary>A person writes a mail, or answers one. It leaves in the next moments, or waits for the operator.</summary>
internal static class ComposeMail
{
    /// <param name="MailboxId">From where.</param>
    /// <param name="To">1–20 MSSanté addresses.</param>
    /// <param name="Subject">One line, 1–200 characters.</param>
    /// <param name="Text">1–20 000 characters.</param>
    /// <param name="WantsReceipt">Asks for a receipt.</param>
    /// <param name="AnswersId">Received mail that it answers.</param>
    /// <param name="Files">At most 10.</param>
    [Requires(SecureMailPermissions.Send), Limited(LimitKind.Message)]
    public sealed record Command(
        Guid MailboxId,
        IReadOnlyList<string> To,
        string Subject,
        string Text,
        bool WantsReceipt = false,
        Guid? AnswersId = null,
        IReadOnlyList<MailFile>? Files = null
    ) : IRequest<Response>;

    /// <param name="Id">Of the mail, among those sent.</param>
    public sealed record Response(Guid Id);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.To).Must(t => t is { Count: > 0 } && t.All(a => a is { Length: > 0 })).WithMessage("mail_recipient_missing");
            RuleFor(c => c.Subject).Reference("mail_subject_invalid", 200);
            RuleFor(c => c.Text).Must(t => !string.IsNullOrWhiteSpace(t) && TextRules.IsText(t, 20_000)).WithMessage("mail_text_invalid");
            RuleFor(c => c.Files)
                .Must(f => f is null || f.All(x => x is { Name.Length: > 0 and <= 255, Content: not null }))
                .WithMessage("mail_file_refused");
        }
    }

    public sealed class Handler(SecureMailDb db, MailSeal seal, Outgoing outgoing, ICurrentUser user, IIds ids, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var box = await db.Mailboxes.Include(b => b.Members).SingleOrDefaultAsync(b => b.Id == command.MailboxId, ct);
            if (box?.Members.FirstOrDefault(m => m.PersonId == user.Id) is not { } me)
                throw new NotFoundException("mailbox_unknown");
            if (!me.MaySend)
                throw new ForbiddenException("mailbox_read_only");
            InBody? answered = null;
            if (command.AnswersId is { } id)
            {
                var mail = await db
                    .Received.AsNoTracking()
                    .SingleOrDefaultAsync(m => m.Id == id && m.MailboxId == box.Id && m.Kind == InKind.Mail, ct)
                    ?? throw new NotFoundException("mail_unknown");
                answered = seal.Body(mail);
            }
            var content = new OutContent(
                command.To,
                command.Subject.Trim(),
                command.Text,
                command.WantsReceipt,
                answered?.MessageId,
                Outgoing.ThreadOf(answered)
            );
            var queued = await outgoing.Queue(box, user.Id, ids.New(), null, content, command.Files ?? [], ct, command.AnswersId);
            audit.About("mail", queued.Id);
            return new Response(queued.Id);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("mails", async (Command command, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(command, ct))
            )
            .WithName("ComposeMail")
            .WithSummary("Sends an MSSanté mail")
            .ProducesProblem(400)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
}
