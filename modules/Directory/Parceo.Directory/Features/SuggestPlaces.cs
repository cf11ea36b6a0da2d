using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Directory.Search;
using Parceo.Platform;

namespace Parceo.Directory.Features;

/// <summary>Places as somebody types, for comboboxes of every module: what the territory calls them, and communes.</summary>
internal static class SuggestPlaces
{
    private const int Most = 10;

    /// <param name="Q">As typed.</param>
    /// <param name="Communes">Communes only: to say of which commune something is.</param>
    [
        OpenToSignedIn("Communes are public reference data; of other names only those of the caller's own territory are shown."),
        Limited(LimitKind.Search)
    ]
    public sealed record Query(string Q, bool Communes = false) : IRequest<IReadOnlyList<Option>>;

    /// <summary>An option of a combobox.</summary>
    /// <param name="Value">What <c>ResolveLocation</c> reads.</param>
    public sealed record Option(string Value, string Text, string Detail);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Q).MaximumLength(100).WithMessage("people_text_invalid");
    }

    public sealed class Handler(Places places, CommuneIndex communes, ICurrentUser user) : IRequestHandler<Query, IReadOnlyList<Option>>
    {
        public async Task<IReadOnlyList<Option>> Handle(Query query, CancellationToken ct) =>
            query.Communes
                ? [.. communes.Suggest(query.Q, Most, Home.Of(user.Rights)).Select(Of)]
                : [.. (await places.Suggest(query.Q, Most, ct)).Select(s => s.Alias is { } alias ? Of(alias) : Of(s.Commune!))];

        // With a point it is more than its commune, and read again by its words, with its commune where others may use the same.
        private Option Of(PlaceAlias a) =>
            new(
                a.Point is null ? a.CommuneCode : places.LabelOf(a),
                places.LabelOf(a),
                a.Point is null ? "Nom de votre territoire" : "Nom de votre territoire, point précis"
            );

        private static Option Of(Commune c) => new(c.Insee, c.Label, $"Département {c.Departement}");
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("places", async (string? q, bool? communes, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(q ?? "", communes ?? false), ct))
            )
            .WithName("SearchPlaces")
            .WithSummary("Places by the beginning of a name or code")
            .ProducesProblem(400);
}
