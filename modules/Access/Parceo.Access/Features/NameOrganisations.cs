using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;

namespace Parceo.Access.Features;

/// <summary>Answers <see cref="Contracts.NameOrganisations"/>.</summary>
internal static class NameOrganisations
{
    public sealed class Validator : AbstractValidator<Contracts.NameOrganisations>
    {
        public Validator() => RuleFor(q => q.Ids).NotNull().Must(ids => ids.Count <= 200).WithMessage("too_many");
    }

    public sealed class Handler(AccessDb db) : IRequestHandler<Contracts.NameOrganisations, IReadOnlyList<NamedOrganisation>>
    {
        public async Task<IReadOnlyList<NamedOrganisation>> Handle(Contracts.NameOrganisations request, CancellationToken ct) =>
            await db
                .Organisations.AsNoTracking()
                .Where(o => request.Ids.Contains(o.Id))
                .OrderBy(o => o.SortKey)
                .Select(o => new NamedOrganisation(o.Id, o.Name, o.Kind))
                .ToListAsync(ct);
    }
}
