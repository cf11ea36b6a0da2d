using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Says which professional of the directory a member is: they then act for that professional, and nobody else does. For whoever
/// has a care role that is one more, given like one: a second administrator confirms it, where there is one (S25).
/// </summary>
internal static class LinkPractitioner
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid PersonId, Guid? DirectoryPersonId) : IRequest<Response>;

    /// <param name="Waits">Another administrator has to confirm it.</param>
    public sealed record Response(bool Waits);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PersonId).NotEmpty();
    }

    public sealed class Handler(
        AccessDb db,
        Workplaces workplaces,
        SecondPerson second,
        RecentProof recent,
        ICurrentUser user,
        IIds ids,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
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
            note.About("person", person.Id);
            if (command.DirectoryPersonId is { } professional && person.DirectoryPersonId != professional)
            {
                var care = (await workplaces.RolesOf(person.Id, ct)).FindAll(r => Roles.IsCare(r.Role));
                if (care.Count > 0 && !care.Exists(r => r.OrganisationId == user.OrganisationId))
                    throw new ForbiddenException("linked_elsewhere"); // what they would reach is none of this organisation's
                var here = care.Find(r => r.OrganisationId == user.OrganisationId).Role;
                if (here is not null && await second.Needed(here, user.OrganisationId, user.Id, person.Email!, ct))
                {
                    person.Is(null);
                    var proposed = new ProposedRole(ids.New(), person.Id, user.OrganisationId, here, user.Id, now)
                    {
                        DirectoryPersonId = professional,
                    };
                    db.ProposedRoles.Add(proposed);
                    note.About("proposed_role", proposed.Id);
                    await db.TellOfProposal(user.Id, user.OrganisationId, ct);
                    return new Response(Waits: true);
                }
            }
            person.Is(command.DirectoryPersonId);
            return new Response(Waits: false);
        }
    }
}
