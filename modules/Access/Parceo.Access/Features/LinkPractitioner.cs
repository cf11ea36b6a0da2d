using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Says which professional of the directory a member is: they then act for that professional, and nobody else does.</summary>
internal static class LinkPractitioner
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid PersonId, Guid? DirectoryPersonId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PersonId).NotEmpty();
    }

    public sealed class Handler(AccessDb db, RecentProof recent, ICurrentUser user, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            if (command.PersonId == user.Id) throw new ForbiddenException("not_for_yourself");
            var now = clock.GetUtcNow();
            var live = db.Memberships.Where(m => m.PersonId == command.PersonId && m.From <= now && (m.Until == null || now < m.Until));
            if (!await live.AnyAsync(m => m.OrganisationId == user.OrganisationId, ct)) throw new NotFoundException("person_unknown");
            // The link is one for the whole account: where somebody works elsewhere too, no single organisation may change it.
            if (await db.People.AnyAsync(p => p.Id == command.PersonId && p.DirectoryPersonId != null && p.DirectoryPersonId != command.DirectoryPersonId, ct)
                && await live.AnyAsync(m => m.OrganisationId != user.OrganisationId, ct)) throw new ForbiddenException("linked_elsewhere");
            if (command.DirectoryPersonId is { } id && await db.People.AnyAsync(p => p.DirectoryPersonId == id && p.Id != command.PersonId, ct)) throw new ConflictException("practitioner_taken");
            (await db.People.SingleAsync(p => p.Id == command.PersonId, ct)).Is(command.DirectoryPersonId);
            note.About("person", command.PersonId);
            return Unit.Value;
        }
    }
}
