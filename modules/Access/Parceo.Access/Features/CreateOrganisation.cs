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

/// <summary>An organisation below the one worked in (a health house inside its community); its maker administers it.</summary>
internal static class CreateOrganisation
{
    [Requires(AccessPermissions.ManageOrganisations)]
    public sealed record Command(OrganisationKind Kind, string Name) : IRequest<Response>;

    public sealed record Response(Guid Id);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Kind).IsInEnum();
            RuleFor(c => c.Name).Must(PersonName.IsValid).WithMessage("name_invalid");
        }
    }

    public sealed class Handler(AccessDb db, RecentProof recent, ICurrentUser user, IIds ids, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            if (!Organisation.MayBeMadeBelow(command.Kind))
                throw new ForbiddenException("organisation_kind_elsewhere");
            var name = command.Name.Trim();
            if (await db.Organisations.AnyAsync(o => o.Name == name, ct))
                throw new ConflictException("organisation_exists");
            var now = clock.GetUtcNow();
            var organisation = new Organisation(ids.New(), command.Kind, name, user.OrganisationId, now);
            db.Organisations.Add(organisation);
            db.Memberships.Add(new Membership(ids.New(), user.Id, organisation.Id, Roles.Administrator, now));
            note.About("organisation", organisation.Id);
            return new Response(organisation.Id);
        }
    }
}
