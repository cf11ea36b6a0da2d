using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Directory.Contracts;
using Parceo.Platform;

namespace Parceo.Directory.Features;

/// <summary>Professionals whom somebody may mean while typing a name, for comboboxes of every module.</summary>
internal static class SuggestPeople
{
    private const int Most = 10,
        Shortest = 2,
        Longest = 100;

    /// <param name="Q">As typed.</param>
    /// <param name="Profession">Code of the only profession that is meant: a médecin traitant is a physician (10).</param>
    [OpenToSignedIn("Names and professional addresses are public data of the national directory."), Limited(LimitKind.Search)]
    public sealed record Query(string Q, string? Profession = null) : IRequest<IReadOnlyList<Option>>;

    /// <summary>An option of a combobox.</summary>
    /// <param name="Value">Parceo's id of the person.</param>
    /// <param name="Detail">Specialty or profession, and commune.</param>
    public sealed record Option(string Value, string Text, string Detail);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Q).Must(q => q.Length <= Longest && TextRules.IsLine(q)).WithMessage("people_text_invalid");
            RuleFor(q => q.Profession).MaximumLength(10).WithMessage("profession_unknown");
        }
    }

    public sealed class Handler(ISender sender) : IRequestHandler<Query, IReadOnlyList<Option>>
    {
        public async Task<IReadOnlyList<Option>> Handle(Query query, CancellationToken ct)
        {
            if (query.Q.Trim().Length < Shortest)
                return [];
            var found = await sender.Send(new Contracts.FindPeople.Query(Q: query.Q.Trim(), Profession: query.Profession, Limit: Most), ct);
            return [.. found.People.Select(p => new Option(p.Id.ToString(), p.Name, string.Join(" · ", Line(p).OfType<string>())))];
        }

        private static IEnumerable<string?> Line(FoundPerson p) =>
            [p.Skills.Count > 0 ? p.Skills[0] : p.Profession, p.Activities.Count > 0 ? p.Activities[0].Commune : null];
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("suggestions", async (string? q, string? profession, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(q ?? "", profession), ct))
            )
            .WithName("SuggestPeople")
            .WithSummary("Professionals whom somebody may mean");
}
