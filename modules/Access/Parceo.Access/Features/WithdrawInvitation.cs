using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Takes an invitation back: its link opens nothing any more.</summary>
internal static class WithdrawInvitation
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid Id) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).NotEmpty();
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var link = await db.Links.SingleOrDefaultAsync(
                l => l.Id == command.Id && l.OrganisationId == user.OrganisationId && l.Purpose == LinkPurpose.Invitation,
                ct
            );
            if (link is not { Waits: true })
                throw new NotFoundException("invitation_unknown");
            link.Withdraw(clock.GetUtcNow());
            await db.TellOfSettlement(user.OrganisationId, ct);
            note.About("invitation", link.Id);
            return Unit.Value;
        }
    }
}
