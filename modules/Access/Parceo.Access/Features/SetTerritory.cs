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

/// <summary>The territory of one's organisation or of one just below it: communes and whole départements, by INSEE code.</summary>
internal static class SetTerritory
{
    [Requires(AccessPermissions.ManageOrganisations)]
    public sealed record Command(Guid OrganisationId, IReadOnlyList<string> Communes, IReadOnlyList<string> Departements) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.OrganisationId).NotEmpty();
            RuleFor(c => c.Communes).Must(c => c.Count <= 1000).WithMessage("too_many");
            RuleFor(c => c.Departements).Must(d => d.Count <= 101).WithMessage("too_many");
            RuleForEach(c => c.Communes).Must(c => InseeCode.IsCommune(c)).WithMessage("commune_invalid");
            RuleForEach(c => c.Departements).Must(d => InseeCode.IsDepartement(d)).WithMessage("departement_invalid");
        }
    }

    public sealed class Handler(AccessDb db, RecentProof recent, CredentialCache credentials, ICurrentUser user, AuditNote note)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            var organisation = await db
                .Organisations.Include(o => o.Communes)
                .Include(o => o.Departements)
                .SingleOrDefaultAsync(
                    o =>
                        o.Id == command.OrganisationId
                        && (user.IsSystem || o.Id == user.OrganisationId || o.ParentId == user.OrganisationId),
                    ct
                )
                ?? throw new NotFoundException("organisation_unknown");
            // Nobody grows by their own hand: what an administrator sets lies within what their own organisation covers. Of a
            // community that covers nothing yet the communes are its own first word; a SAS is given its territory where it is made.
            if (!user.IsSystem && !IsFirst(organisation, command) && !await CoveredByOwn(command, ct))
                throw new ForbiddenException("territory_too_large");
            organisation.Cover(command.Communes, command.Departements);
            // Read anew by members within the cache's 30 seconds; the one who changed it sees it at once.
            credentials.Forget(new HashSet<Guid> { user.Id });
            note.About("organisation", organisation.Id);
            return Unit.Value;
        }

        private static bool IsFirst(Organisation organisation, Command command) =>
            organisation is { ParentId: null, Kind: not OrganisationKind.AccessService, Communes.Count: 0, Departements.Count: 0 }
            && command.Departements.Count == 0;

        private async Task<bool> CoveredByOwn(Command command, CancellationToken ct)
        {
            var own = await db
                .Organisations.AsNoTracking()
                .Include(o => o.Communes)
                .Include(o => o.Departements)
                .SingleAsync(o => o.Id == user.OrganisationId, ct);
            var departements = own.Departements.Select(d => d.Departement).ToHashSet(StringComparer.Ordinal);
            var communes = own.Communes.Select(c => c.Commune).ToHashSet(StringComparer.Ordinal);
            return command.Departements.All(departements.Contains)
                && command.Communes.All(c => communes.Contains(c) || departements.Contains(c[..2]) || departements.Contains(c[..3]));
        }
    }
}
