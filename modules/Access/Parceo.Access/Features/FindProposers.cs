using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;

namespace Parceo.Access.Features;

/// <summary>Answers <see cref="Contracts.FindProposers"/>.</summary>
internal static class FindProposers
{
    public sealed class Validator : AbstractValidator<Contracts.FindProposers>
    {
        public Validator() => RuleFor(q => q.OrganisationId).NotEmpty();
    }

    public sealed class Handler(AccessDb db, TimeProvider clock) : IRequestHandler<Contracts.FindProposers, IReadOnlyList<Guid>>
    {
        public async Task<IReadOnlyList<Guid>> Handle(Contracts.FindProposers query, CancellationToken ct) =>
            await ListProposedRoles
                .Proposals(db, query.OrganisationId, clock.GetUtcNow())
                .Select(r => r.ProposedById)
                .Union(ListProposedRoles.Invitations(db, query.OrganisationId, clock.GetUtcNow()).Select(l => l.InvitedById!.Value))
                .Take(100)
                .ToListAsync(ct);
    }
}
