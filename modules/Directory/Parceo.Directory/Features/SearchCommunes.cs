using FluentValidation;
using MediatR;
using Parceo.Directory.Contracts;
using Parceo.Directory.Reference;
using Parceo.Platform;
using Query = Parceo.Directory.Contracts.SearchCommunes.Query;

namespace Parceo.Directory.Features;

/// <summary>Communes as somebody types.</summary>
internal static class SearchCommunes
{
    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Text).MaximumLength(100).WithMessage("people_text_invalid");
            RuleFor(q => q.Limit).InclusiveBetween(1, 20).WithMessage("people_limit_invalid");
        }
    }

    public sealed class Handler(CommuneIndex communes, ICurrentUser user) : IRequestHandler<Query, IReadOnlyList<CommuneChoice>>
    {
        public Task<IReadOnlyList<CommuneChoice>> Handle(Query query, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<CommuneChoice>>([
                .. communes
                    .Suggest(query.Text, query.Limit, Home.Of(user.Rights))
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
