using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Directory.Contracts;
using Parceo.Platform;

namespace Parceo.Regulation.Features;

/// <summary>Professionals whom somebody may mean while typing a name: for the médecin traitant and for pools.</summary>
internal static class SuggestPractitioners
{
    private const int Most = 10;

    [OpenToSignedIn("Names and professional addresses are public data of the national directory.")]
    public sealed record Query(string Text) : IRequest<IReadOnlyList<Row>>;

    /// <summary>An option of a combobox.</summary>
    public sealed record Row(string Value, string Text, string Detail);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Text).PlainText("name_invalid_for_search", 100);
    }

    public sealed class Handler(ISender sender) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            if (query.Text.Trim().Length < 2) return [];
            var found = await sender.Send(new FindPeople.Query(Q: query.Text.Trim(), Limit: Most), ct);
            return [.. found.People.Select(p => new Row(p.Id.ToString(), p.Name, string.Join(" · ", new[] { p.Skills.Count > 0 ? p.Skills[0] : p.Profession, p.Activities.Count > 0 ? p.Activities[0].Commune : null }.OfType<string>())))];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("practitioners", async (string? q, ISender sender, CancellationToken ct) =>
            TypedResults.Ok(await sender.Send(new Query(q ?? ""), ct))).WithName("SuggestPractitioners").WithSummary("Professionals whom somebody may mean, for comboboxes");
}
