using FluentValidation;
using MediatR;
using Parceo.Directory.Contracts;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Directory.Search;
using Parceo.Platform;
using Query = Parceo.Directory.Contracts.ReadEverydayWords.Query;

namespace Parceo.Directory.Features;

/// <summary>Reads a kind of professional, and a commune beside it, in what somebody types.</summary>
internal static class ReadEverydayWords
{
    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Text).MaximumLength(200).WithMessage("people_text_invalid");
    }

    public sealed class Handler(EverydayWords everyday, Places places) : IRequestHandler<Query, MeantKind?>
    {
        public async Task<MeantKind?> Handle(Query query, CancellationToken ct)
        {
            var key = Folding.Fold(TextRules.WithoutTitle(query.Text));
            (CareKind Kind, string Others)? read = everyday.Read(key);
            if (read is null && everyday.Beginning(key) is { } begun)
                read = (begun, "");
            if (read is not var (kind, others))
                return null;
            var commune = others.Length == 0 ? null : await places.Named(others, ours: true, ct);
            return new(
                kind.Professions,
                kind.Skills,
                kind.Sectors,
                others,
                commune is null
                    ? null
                    : new(
                        commune.Insee,
                        commune.Name,
                        commune.PostalCodes.Length > 0 ? commune.PostalCodes[0] : null,
                        commune.Departement,
                        commune.Population
                    )
            );
        }
    }
}
