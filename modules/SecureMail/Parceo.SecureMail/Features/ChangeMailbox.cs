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

namespace Parceo.SecureMail.Features;

/// <summary>Renames a mailbox, says who opens it, or closes it.</summary>
internal static class ChangeMailbox
{
    /// <param name="Name">As recipients see it.</param>
    /// <param name="Members">Who opens it from now on, at most 100; ignored for a personal one.</param>
    /// <param name="Close">Neither read nor written any more.</param>
    [Requires(SecureMailPermissions.Manage)]
    public sealed record Command(Guid Id, string Name, IReadOnlyList<Member> Members, bool Close = false) : IRequest<Unit>;

    /// <summary>Somebody who opens it.</summary>
    public sealed record Member(Guid PersonId, bool MaySend);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Reference("mailbox_name_invalid", 100);
            RuleFor(c => c.Members)
                .Must(m =>
                    m is { Count: <= 100 }
                    && m.All(x => x.PersonId != Guid.Empty)
                    && m.Select(x => x.PersonId).Distinct().Count() == m.Count
                )
                .WithMessage("mailbox_members_invalid");
        }
    }

    public sealed class Handler(SecureMailDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var box = await db.Mailboxes.Include(b => b.Members).SingleOrDefaultAsync(b => b.Id == command.Id, ct)
                ?? throw new NotFoundException("mailbox_unknown");
            box.Call(command.Name.Trim());
            if (box.Kind != Domain.MailboxKind.Per)
            {
                if (command.Members.Any(m => box.Members.All(known => known.PersonId != m.PersonId)))
                    db.Publish(new MailboxOpened(box.Id, box.OrganisationId), box.Id);
                box.Open([.. command.Members.Select(m => (m.PersonId, m.MaySend))]);
            }
            if (command.Close)
                box.Close(clock.GetUtcNow());
            return Unit.Value;
        }
    }

    public sealed record Body(string Name, IReadOnlyList<Member> Members, bool Close = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("mailboxes/{id:guid}", async (Guid id, Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(id, body.Name, body.Members, body.Close), ct);
                return TypedResults.NoContent();
            })
            .WithName("ChangeMailbox")
            .WithSummary("Who opens an MSSanté mailbox")
            .ProducesProblem(400)
            .ProducesProblem(404);
}
