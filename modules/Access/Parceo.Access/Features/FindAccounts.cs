using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform.Sending;

namespace Parceo.Access.Features;

/// <summary>Answers <see cref="Contracts.FindAccounts"/>.</summary>
internal static class FindAccounts
{
    public sealed class Validator : AbstractValidator<Contracts.FindAccounts>
    {
        public Validator() => RuleFor(q => q.PractitionerIds).NotNull().Must(ids => ids.Count <= 500).WithMessage("too_many");
    }

    public sealed class Handler(AccessDb db, PermissionCatalog permissions, TimeProvider clock)
        : IRequestHandler<Contracts.FindAccounts, IReadOnlyList<PractitionerAccount>>
    {
        public async Task<IReadOnlyList<PractitionerAccount>> Handle(Contracts.FindAccounts request, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var roles = permissions.All.FirstOrDefault(p => p.Name == request.Permission)?.Roles.Where(r => r != Roles.Delegate).ToList()
                ?? [];
            var own = await db
                .People.AsNoTracking()
                .Where(p =>
                    p.DisabledAt == null
                    && p.DirectoryPersonId != null
                    && request.PractitionerIds.Contains(p.DirectoryPersonId.Value)
                    && db.Memberships.Any(m =>
                        m.PersonId == p.Id && roles.Contains(m.Role) && m.From <= now && (m.Until == null || now < m.Until)
                    )
                )
                .Select(p => new PractitionerAccount(p.DirectoryPersonId!.Value, p.Id))
                .ToListAsync(ct);
            var delegations = await db
                .Delegations.AsNoTracking()
                .Where(d =>
                    request.PractitionerIds.Contains(d.PractitionerId)
                    && d.From <= now
                    && now < d.Until
                    && db.People.Any(p => p.Id == d.DelegateId && p.DisabledAt == null)
                    && db.Memberships.Any(m =>
                        m.PersonId == d.DelegateId
                        && m.OrganisationId == d.OrganisationId
                        && m.Role == Roles.Delegate
                        && m.From <= now
                        && (m.Until == null || now < m.Until)
                    )
                )
                .ToListAsync(ct);
            return
            [
                .. own.Concat(
                        delegations
                            .Where(d => d.ActionNames.Contains(request.Permission))
                            .Select(d => new PractitionerAccount(d.PractitionerId, d.DelegateId))
                    )
                    .Distinct(),
            ];
        }
    }
}
