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

    public sealed class Handler(
        AccessDb db,
        Workplaces workplaces,
        RecentProof recent,
        ICurrentUser user,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            if (command.PersonId == user.Id)
                throw new ForbiddenException("not_for_yourself");
            var person = await db.Claim(command.PersonId, ct) ?? throw new NotFoundException("person_unknown");
            var now = clock.GetUtcNow();
            if (
                !await db.Memberships.AnyAsync(
                    m =>
                        m.PersonId == person.Id
                        && m.OrganisationId == user.OrganisationId
                        && m.From <= now
                        && (m.Until == null || now < m.Until),
                    ct
                )
            )
                throw new NotFoundException("person_unknown");
            // The link is one for the whole account: where somebody works elsewhere too, no single organisation may change it.
            if (
                person.DirectoryPersonId is { } linked
                && linked != command.DirectoryPersonId
                && (await workplaces.Of(person.Id, ct)).Any(o => o != user.OrganisationId)
            )
                throw new ForbiddenException("linked_elsewhere");
            if (
                command.DirectoryPersonId is { } id
                && await db.People.AnyAsync(p => p.DirectoryPersonId == id && p.Id != command.PersonId, ct)
            )
                throw new ConflictException("practitioner_taken");
            person.Is(command.DirectoryPersonId);
            note.About("person", person.Id);
            return Unit.Value;
        }
    }
}
