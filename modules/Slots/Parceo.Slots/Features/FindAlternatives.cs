using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Contracts;
using Parceo.Slots.Search;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>For whoever was a moment too late (W1.4): the free slots nearest in time to the one that is gone, and in place to where the patient is; farther, later and in another mode when there are none.</summary>
internal static class FindAlternatives
{
    private const double WithinKm = 30;
    private static readonly TimeSpan Before = TimeSpan.FromHours(2),
        After = TimeSpan.FromHours(24),
        LongAfter = TimeSpan.FromHours(72);

    /// <param name="Place">Where the patient is, as it was searched; that of the slot when it is not known.</param>
    [Requires(SlotsPermissions.Search), Limited(LimitKind.Search)]
    public sealed record Query(Guid RangeId, int Limit = 3, string? Place = null) : IRequest<IReadOnlyList<FoundSlot>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 20).WithMessage("limit_invalid");
            RuleFor(q => q.Place).PlainText("place_unknown", 120);
        }
    }

    public sealed class Handler(
        SlotChanges changes,
        CellSlotSearch search,
        LocationCache locations,
        ISender sender,
        ICurrentUser user,
        TimeProvider clock
    ) : IRequestHandler<Query, IReadOnlyList<FoundSlot>>
    {
        public async Task<IReadOnlyList<FoundSlot>> Handle(Query query, CancellationToken ct)
        {
            var gone = await changes.Range(query.RangeId, ct);
            var now = clock.GetUtcNow();
            var from = gone.Start - Before > now ? gone.Start - Before : now;
            var near = new SlotQuery(
                await Centre(query.Place, ct) ?? new(gone.Latitude, gone.Longitude),
                WithinKm,
                from,
                gone.Start + After,
                gone.Skill,
                gone.Mode,
                Territory.Of(user),
                SlotOrder.Start,
                1,
                null,
                query.Limit
            );
            var wider = near with { RadiusKm = 2 * WithinKm, To = gone.Start + LongAfter, Mode = null };
            return await search.Nearest(gone.Start, query.Limit, [near, wider], ct);
        }

        private async Task<GeoPoint?> Centre(string? place, CancellationToken ct)
        {
            if (string.IsNullOrWhiteSpace(place))
                return null;
            try
            {
                var (location, _) = await locations.Of(place.Trim(), user.OrganisationId, sender, ct);
                return new(location.Latitude, location.Longitude);
            }
            catch (InvalidException)
            {
                return null; // a half-typed place must not hide what is left to offer
            }
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "ranges/{rangeId:guid}/alternatives",
                async (Guid rangeId, int? limit, string? place, ISender sender, CancellationToken ct) =>
                {
                    var found = await sender.Send(new Query(rangeId, limit ?? 3, place), ct);
                    return TypedResults.Ok(new SearchSlots.Answer([.. found.Select(SearchSlots.View)], null));
                }
            )
            .WithName("FindAlternatives")
            .WithSummary("Nearest free slots around one that is gone")
            .ProducesProblem(404);
}
