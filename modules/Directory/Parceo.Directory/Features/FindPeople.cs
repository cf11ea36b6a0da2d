using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Directory.Contracts;
using Parceo.Directory.Search;
using Parceo.Platform;
using Query = Parceo.Directory.Contracts.FindPeople.Query;

namespace Parceo.Directory.Features;

/// <summary>Searches the directory by name, kind of professional and place.</summary>
internal static class FindPeople
{
    private const int MostAmong = 500;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Q).MaximumLength(200).WithMessage("people_text_invalid");
            RuleFor(q => q.Profession).MaximumLength(100).WithMessage("people_text_invalid");
            RuleFor(q => q.Skill).MaximumLength(100).WithMessage("people_text_invalid");
            RuleFor(q => q.Place).MaximumLength(100).WithMessage("people_text_invalid");
            RuleFor(q => q.RadiusKm).InclusiveBetween(0.1, 500).WithMessage("people_radius_invalid");
            RuleFor(q => q.Among).Must(a => a is not { Count: > MostAmong }).WithMessage("people_limit_invalid");
            RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("people_limit_invalid");
        }
    }

    public sealed class Handler(PeopleSearch search, PeopleCards cards) : IRequestHandler<Query, FoundPeople>
    {
        public async Task<FoundPeople> Handle(Query query, CancellationToken ct)
        {
            var (page, filter) = await search.Find(query, await search.Filter(query, ct), ct);
            var people = (await cards.Load([.. page.Hits.Select(h => h.PersonId)], ct)).ToDictionary(p => p.Id);
            return new(
                [.. page.Hits.Where(h => people.ContainsKey(h.PersonId)).Select(h => cards.Card(people[h.PersonId], filter))],
                page.Next
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "people",
                async (
                    string? q,
                    string? profession,
                    string? skill,
                    string? place,
                    double? radiusKm,
                    int? limit,
                    string? next,
                    ISender sender,
                    CancellationToken ct
                ) => TypedResults.Ok(await sender.Send(new Query(q, profession, skill, place, radiusKm, limit ?? 20, next), ct))
            )
            .WithName("FindPeople")
            .WithSummary("Professionals by name, profession, specialty and place")
            .ProducesProblem(400);
}
