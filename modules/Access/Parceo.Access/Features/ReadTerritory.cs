using FluentValidation;
using MediatR;
using Parceo.Access.Contracts;
using Parceo.Access.Domain;
using Parceo.Directory.Contracts;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>
/// Communes as people write them, one a line: « Metz », « 57000 », « Metz (57463) ». Of several with one name the one of the
/// territory's own département is meant; when that says nothing, who wrote it is asked.
/// </summary>
internal static class ReadTerritory
{
    /// <param name="Text">Lines, or names with commas between them.</param>
    /// <param name="Near">Départements where an ambiguous name is looked for first.</param>
    [Requires(AccessPermissions.ManageOrganisations)]
    public sealed record Query(string Text, IReadOnlyList<string> Near) : IRequest<Response>;

    /// <param name="Communes">INSEE codes, each once.</param>
    /// <param name="Unread">What no commune is called.</param>
    /// <param name="Ambiguous">What several are called, with those it may be: « Marly (57447), Marly (59383) ».</param>
    public sealed record Response(
        IReadOnlyList<string> Communes,
        IReadOnlyList<string> Unread,
        IReadOnlyList<(string Text, string Candidates)> Ambiguous
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Text).NotNull().MaximumLength(60_000).WithMessage("too_many");
            RuleFor(q => q.Text).Must(t => Lines(t ?? "").Count() <= 1000).WithMessage("too_many");
        }
    }

    public sealed class Handler(ISender sender) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var (found, unread, ambiguous) = (new List<string>(), new List<string>(), new List<(string, string)>());
            foreach (var line in Lines(query.Text))
            {
                if (CodeIn(line) is { } code && await sender.Send(new NameCommunes.Query([code]), ct) is [var one])
                {
                    found.Add(one.Insee);
                    continue;
                }
                var candidates = await Candidates(line, query.Near, ct);
                if (candidates.Count == 1 || (candidates.Count > 1 && line.All(char.IsAsciiDigit)))
                    found.AddRange(candidates.Select(c => c.Insee)); // a postal code means all that it serves
                else if (candidates.Count == 0)
                    unread.Add(line);
                else
                    ambiguous.Add((line, string.Join(", ", candidates.Select(c => $"{c.Name} ({c.Insee})"))));
            }
            return new Response([.. found.Distinct()], unread, ambiguous);
        }

        private async Task<IReadOnlyList<CommuneChoice>> Candidates(string line, IReadOnlyList<string> near, CancellationToken ct)
        {
            var likely = await sender.Send(new SearchCommunes.Query(line, 20), ct);
            var exact = line.All(char.IsAsciiDigit)
                ? likely.Where(c => c.PostalCode == line || c.Insee == line).ToList()
                : likely.Where(c => Plain(c.Name) == Plain(line)).ToList();
            var here = exact.Where(c => near.Contains(c.Departement)).ToList();
            return here.Count > 0 ? here : exact;
        }
    }

    private static string Plain(string name) =>
        TextRules
            .Fold(name)
            .Replace('-', ' ')
            .Replace('’', ' ')
            .Replace('\'', ' ')
            .Replace("saint ", "st ", StringComparison.Ordinal)
            .Trim();

    private static IEnumerable<string> Lines(string text) =>
        text.Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Of « Metz (57463) »; five digits alone are a postal code to people.</summary>
    private static string? CodeIn(string line) =>
        line.EndsWith(')') && line.LastIndexOf('(') is >= 0 and var at && line[(at + 1)..^1].Trim() is var code && InseeCode.IsCommune(code)
            ? code
            : null;
}
