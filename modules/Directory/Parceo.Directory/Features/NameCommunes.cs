using FluentValidation;
using MediatR;
using Parceo.Directory.Contracts;
using Parceo.Directory.Reference;
using Query = Parceo.Directory.Contracts.NameCommunes.Query;

namespace Parceo.Directory.Features;

/// <summary>Communes by code, in the order asked.</summary>
internal static class NameCommunes
{
    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Codes).Must(c => c.Count <= 1000).WithMessage("people_limit_invalid");
    }

    public sealed class Handler(CommuneIndex communes) : IRequestHandler<Query, IReadOnlyList<CommuneChoice>>
    {
        public Task<IReadOnlyList<CommuneChoice>> Handle(Query query, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<CommuneChoice>>([
                .. query
                    .Codes.Select(communes.Find)
                    .OfType<Commune>()
                    .Select(c => new CommuneChoice(
                        c.Insee,
                        c.Name,
                        c.PostalCodes.Length > 0 ? c.PostalCodes[0] : null,
                        c.Departement,
                        c.Population
                    )),
            ]);
    }
}
