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

/// <summary>For whoever was a moment too late (W1.4): the free slots nearest in time and place to the one that is gone; farther, later and in another mode when there are none.</summary>
internal static class FindAlternatives
{
    private const double WithinKm = 30;
    private static readonly TimeSpan Before = TimeSpan.FromHours(2),
        After = TimeSpan.FromHours(24),
        LongAfter = TimeSpan.FromHours(72);

    [Requires(SlotsPermissions.Search), Limited(LimitKind.Search)]
    public sealed record Query(Guid RangeId, int Limit = 3) : IRequest<IReadOnlyList<FoundSlot>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 20).WithMessage("limit_invalid");
    }

    public sealed class Handler(SlotChanges changes, CellSlotSearch search, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<FoundSlot>>
    {
        public async Task<IReadOnlyList<FoundSlot>> Handle(Query query, CancellationToken ct)
        {
            var gone = await changes.Range(query.RangeId, ct);
            var now = clock.GetUtcNow();
            var from = gone.Start - Before > now ? gone.Start - Before : now;
            var near = new SlotQuery(
                new GeoPoint(gone.Latitude, gone.Longitude),
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
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("ranges/{rangeId:guid}/alternatives", async (Guid rangeId, int? limit, ISender sender, CancellationToken ct) =>
            {
                var found = await sender.Send(new Query(rangeId, limit ?? 3), ct);
                return TypedResults.Ok(new SearchSlots.Answer([.. found.Select(SearchSlots.View)], null));
            })
            .WithName("FindAlternatives")
            .WithSummary("Nearest free slots around one that is gone")
            .ProducesProblem(404);
}
