using FluentValidation;
using MediatR;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Contracts;
using Parceo.Slots.Search;

namespace Parceo.Slots.Features;

/// <summary>When a search finds nothing: the free slots that are nearest to what was wanted, farther, later or in another mode.</summary>
internal static class SuggestSlots
{
    private const double Farthest = 100;
    private static readonly TimeSpan Later = TimeSpan.FromDays(4);

    /// <param name="Place">As it was searched.</param>
    /// <param name="From">Default: now.</param>
    /// <param name="Limit">1–10.</param>
    [Requires(SlotsPermissions.Search), Limited(LimitKind.Search)]
    public sealed record Query(
        string Place,
        double RadiusKm,
        string? Skill = null,
        DateTimeOffset? From = null,
        DateTimeOffset? To = null,
        Mode? Mode = null,
        int Limit = 4
    ) : IRequest<IReadOnlyList<FoundSlot>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Place).Reference("place_missing", 120);
            RuleFor(q => q.RadiusKm).InclusiveBetween(0.1, 500).WithMessage("radius_invalid");
            RuleFor(q => q.Limit).InclusiveBetween(1, 10).WithMessage("limit_invalid");
            RuleFor(q => q.Skill).PlainText("skill_unknown", 60);
            RuleFor(q => q.Mode).IsInEnum().WithMessage("mode_invalid");
        }
    }

    public sealed class Handler(CellSlotSearch search, ISender sender, LocationCache locations, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<FoundSlot>>
    {
        public async Task<IReadOnlyList<FoundSlot>> Handle(Query q, CancellationToken ct)
        {
            var (location, _) = await locations.Of(q.Place, user.OrganisationId, sender, ct);
            var now = clock.GetUtcNow();
            var from = q.From is { } f && f > now ? f : now;
            var farther = new SlotQuery(
                new GeoPoint(location.Latitude, location.Longitude),
                Math.Max(q.RadiusKm, Math.Min(Farthest, 3 * q.RadiusKm)),
                from,
                q.To ?? from + Later,
                SkillGroups.Of(q.Skill),
                q.Mode,
                Territory.Of(user),
                SlotOrder.Start,
                1,
                null,
                q.Limit
            );
            return await search.Nearest(from, q.Limit, [farther, farther with { To = farther.To + Later, Mode = null }], ct);
        }
    }
}
