using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Search;

namespace Parceo.Slots.Features;

/// <summary>
/// Free slots near a location (W1.3): today, tomorrow, the day after; by distance for a point, in a random order that stays
/// the same within a search for a commune or a postal code; only in the caller's territory (S22).
/// </summary>
internal static class SearchSlots
{
    /// <param name="Place">INSEE code, postal code, <c>lat,lon</c>, or a commune's name.</param>
    /// <param name="RadiusKm">Default: the département's.</param>
    /// <param name="Skill">NOS code (<c>SM54</c>) or group (<c>MEDECINE_GENERALE</c>); all when absent.</param>
    /// <param name="From">Default: now.</param>
    /// <param name="To">Default: the end of the day after tomorrow, where it is. At most 31 days after <paramref name="From"/>.</param>
    /// <param name="Mode">cabinet, teleconsultation, visite; all when absent.</param>
    /// <param name="Order">distance, random or start; W1.3 decides when absent.</param>
    /// <param name="Seed">Of the random order, to stay in one search; drawn when absent.</param>
    /// <param name="Limit">1–200, 20 by default.</param>
    /// <param name="Next">Of the page before.</param>
    /// <param name="Name">Words of a professional's name: only theirs, nearest first, on one page.</param>
    /// <param name="Count">Tell also how many effectors there are on all pages.</param>
    [Requires(SlotsPermissions.Search), Limited(LimitKind.Search)]
    public sealed record Query(
        string Place,
        double? RadiusKm = null,
        string? Skill = null,
        DateTimeOffset? From = null,
        DateTimeOffset? To = null,
        Mode? Mode = null,
        SlotOrder? Order = null,
        int? Seed = null,
        int Limit = 20,
        string? Next = null,
        string? Name = null,
        bool Count = false
    ) : IRequest<Response>;

    /// <param name="Effectors">On all pages, where that was asked and they do not stand on one.</param>
    public sealed record Response(
        IReadOnlyList<FoundSlot> Slots,
        string? Next,
        Location Location,
        double RadiusKm,
        SlotOrder Order,
        int Seed,
        int? Effectors = null
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Place).Reference("place_missing", 120);
            RuleFor(q => q.RadiusKm).InclusiveBetween(0.1, 500).WithMessage("radius_invalid");
            RuleFor(q => q.Limit).InclusiveBetween(1, 200).WithMessage("limit_invalid");
            RuleFor(q => q.Seed).InclusiveBetween(1, int.MaxValue - 1).WithMessage("seed_invalid");
            RuleFor(q => q.Skill).PlainText("skill_unknown", 60);
            RuleFor(q => q.Name).PlainText("search_name_invalid", 100);
            RuleFor(q => q.Mode).IsInEnum().WithMessage("mode_invalid");
        }
    }

    public sealed class Handler(
        CellSlotSearch search,
        EffectorSearch effectors,
        ISender sender,
        LocationCache locations,
        ICurrentUser user,
        TimeProvider clock
    ) : IRequestHandler<Query, Response>
    {
        private static readonly TimeSpan Widest = TimeSpan.FromDays(31);

        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var (location, defaultRadius) = await locations.Of(query.Place, user.OrganisationId, sender, ct);
            var now = clock.GetUtcNow();
            var from = query.From is { } f && f > now ? f : now; // past times are refused (W1.4): they are not even shown
            var to = query.To ?? EndOfDayAfterTomorrow(now, location);
            if (to - from > Widest)
                throw InvalidException.Of("to", "period_too_long");
            var radius = query.RadiusKm ?? defaultRadius;

            var order = query.Order ?? (location.Precise ? SlotOrder.Distance : SlotOrder.Random);
            var seed = query.Seed ?? 1 + Random.Shared.Next(int.MaxValue - 2);
            SlotCursor? after = null;
            if (query.Next is { } next)
                (after, order, seed) = Cursors.Read(next);

            var asked = new SlotQuery(
                new GeoPoint(location.Latitude, location.Longitude),
                radius,
                from,
                to,
                SkillGroups.Of(query.Skill),
                query.Mode,
                Territory.Of(user),
                order,
                seed,
                after,
                query.Limit
            );
            if (!string.IsNullOrWhiteSpace(query.Name))
                return new(await effectors.Named(asked, query.Name, ct), null, location, radius, SlotOrder.Distance, seed);
            var found = await search.Find(asked, ct);
            var full = found.Count == query.Limit;
            return new Response(
                found,
                full ? Cursors.Write(found[^1].Cursor, order, seed) : null,
                location,
                radius,
                order,
                seed,
                query.Count && (full || after is not null) ? await effectors.Count(asked, ct) : null
            );
        }

        private DateTimeOffset EndOfDayAfterTomorrow(DateTimeOffset now, Location location)
        {
            var zone = Zones.OfDepartement(location.Departement, user.Rights.Zone);
            return LocalTime.StartOfDay(LocalTime.DayOf(now, zone).AddDays(3), zone);
        }
    }

    public sealed record Answer(IReadOnlyList<SlotView> Slots, string? Next);

    public sealed record SlotView(
        Guid RangeId,
        DateTimeOffset Start,
        DateTimeOffset End,
        int PlacesLeft,
        Mode Mode,
        PractitionerView Practitioner,
        LocationView Place,
        double DistanceKm
    );

    public sealed record PractitionerView(Guid Id, string Name, string Skill);

    public sealed record LocationView(string Label, string Commune);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "search",
                async (
                    string? place,
                    double? radiusKm,
                    string? skill,
                    DateTimeOffset? from,
                    DateTimeOffset? to,
                    string? mode,
                    string? order,
                    int? seed,
                    int? limit,
                    string? next,
                    ISender sender,
                    CancellationToken ct
                ) =>
                {
                    var found = await sender.Send(
                        new Query(
                            place ?? "",
                            radiusKm,
                            skill,
                            from,
                            to,
                            Parse<Mode>(mode, "mode", "mode_invalid"),
                            Parse<SlotOrder>(order, "order", "order_invalid"),
                            seed,
                            limit ?? 20,
                            next
                        ),
                        ct
                    );
                    return TypedResults.Ok(new Answer([.. found.Slots.Select(View)], found.Next));
                }
            )
            .WithName("SearchSlots")
            .WithSummary("Free slots near a location")
            .ProducesProblem(400);

    internal static SlotView View(FoundSlot s)
    {
        TimeZoneInfo.TryFindSystemTimeZoneById(s.Zone, out var zone);
        DateTimeOffset Local(DateTimeOffset at) => zone is null ? at : TimeZoneInfo.ConvertTime(at, zone);
        return new(
            s.RangeId,
            Local(s.Start),
            Local(s.End),
            s.PlacesLeft,
            s.Mode,
            new(s.PractitionerId, s.Name, s.SkillLabel),
            new(s.LocationLabel, s.Commune),
            Math.Round(s.DistanceKm, 2)
        );
    }

    private static T? Parse<T>(string? text, string field, string code)
        where T : struct, Enum =>
        text is null ? null
        : Enum.TryParse<T>(text, ignoreCase: true, out var value) && !int.TryParse(text, out _) ? value
        : throw InvalidException.Of(field, code);
}
