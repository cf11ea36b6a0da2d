using FluentValidation;
using MediatR;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Contracts;
using Parceo.Slots.Search;

namespace Parceo.Slots.Features;

/// <summary>When a search by name finds nothing: what of the search those professionals do not meet, and their soonest slots without it.</summary>
internal static class ExplainNamedSearch
{
    private const double Anywhere = 1000;
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(31);

    /// <summary>What was asked in vain.</summary>
    public enum Missed
    {
        /// <summary>They have slots, at another time.</summary>
        Time,

        /// <summary>They see patients in another way.</summary>
        Mode,

        /// <summary>They are of another specialty.</summary>
        Skill,

        /// <summary>They are farther away.</summary>
        Distance,

        /// <summary>Nobody of that name has an open slot.</summary>
        Everything,
    }

    /// <param name="Place">As it was searched.</param>
    /// <param name="Name">Words of a professional's name.</param>
    /// <param name="Limit">1–10.</param>
    [Requires(SlotsPermissions.Search), Limited(LimitKind.Search)]
    public sealed record Query(string Place, double RadiusKm, string Name, string? Skill = null, Mode? Mode = null, int Limit = 4)
        : IRequest<Response>;

    public sealed record Response(Missed Missed, IReadOnlyList<FoundSlot> Slots);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Place).Reference("place_missing", 120);
            RuleFor(q => q.RadiusKm).InclusiveBetween(0.1, 500).WithMessage("radius_invalid");
            RuleFor(q => q.Name).Reference("search_name_invalid", 100);
            RuleFor(q => q.Limit).InclusiveBetween(1, 10).WithMessage("limit_invalid");
            RuleFor(q => q.Skill).PlainText("skill_unknown", 60);
            RuleFor(q => q.Mode).IsInEnum().WithMessage("mode_invalid");
        }
    }

    public sealed class Handler(EffectorSearch effectors, ISender sender, LocationCache locations, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, Response>
    {
        private const int Looked = 200;

        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            var (location, _) = await locations.Of(q.Place, user.OrganisationId, sender, ct);
            var now = clock.GetUtcNow();
            var later = new SlotQuery(
                new GeoPoint(location.Latitude, location.Longitude),
                q.RadiusKm,
                now,
                now + Horizon,
                SkillGroups.Of(q.Skill),
                q.Mode,
                Territory.Of(user),
                SlotOrder.Start,
                1,
                null,
                Looked
            );
            // One thing more is given up each time: the first that finds somebody names what was in the way.
            foreach (
                var (missed, asked) in new[]
                {
                    (Missed.Time, later),
                    (Missed.Mode, later with { Mode = null }),
                    (Missed.Skill, later with { Mode = null, Skill = null }),
                    (Missed.Distance, later with { Mode = null, Skill = null, RadiusKm = Anywhere }),
                }
            )
            {
                var found = await effectors.Named(asked, q.Name, ct);
                if (found.Count > 0)
                    return new(missed, [.. found.OrderBy(s => s.Start).ThenBy(s => s.DistanceKm).Take(q.Limit)]);
            }
            return new(Missed.Everything, []);
        }
    }
}
