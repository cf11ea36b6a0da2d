using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Events;

namespace Parceo.SecureMail.Features;

/// <summary>Declares a mailbox that the organisation holds at the operator's.</summary>
internal static class DeclareMailbox
{
    /// <param name="Address">MSSanté address; it never changes.</param>
    /// <param name="Kind">Kind; it never changes.</param>
    /// <param name="Name">As recipients see it, 1–100 characters.</param>
    /// <param name="HolderId">The account whose box it is, for a PER.</param>
    [Requires(SecureMailPermissions.Manage)]
    public sealed record Command(string Address, MailboxKind Kind, string Name, Guid? HolderId = null) : IRequest<Response>;

    /// <param name="Id">Of the mailbox.</param>
    public sealed record Response(Guid Id);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Address)
                .Must(a => MssAddress.Parse(a) is { } parsed && !MssAddress.IsPatient(parsed))
                .WithMessage("mail_address_invalid");
            RuleFor(c => c.Kind).IsInEnum().WithMessage("mailbox_kind_unknown");
            RuleFor(c => c.Name).Reference("mailbox_name_invalid", 100);
        }
    }

    public sealed class Handler(SecureMailDb db, ICurrentUser user, IIds ids) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var address = MssAddress.Parse(command.Address)!;
            if (await db.Mailboxes.AnyAsync(m => m.Address == address, ct))
                throw new ConflictException("mailbox_known");
            var box = new Mailbox(ids.New(), user.OrganisationId, address, command.Kind, command.Name.Trim(), command.HolderId);
            db.Mailboxes.Add(box);
            if (command.HolderId is not null)
                db.Publish(new MailboxOpened(box.Id, box.OrganisationId), box.Id);
            return new Response(box.Id);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("mailboxes", async (Command command, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(command, ct))
            )
            .WithName("DeclareMailbox")
            .WithSummary("Declares an MSSanté mailbox")
            .ProducesProblem(400)
            .ProducesProblem(409);
}
