using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Platform.Web;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Search;

namespace Parceo.Slots.Features;

/// <summary>« En sus »: effectors of the territory who may be called for one more now (W1.5), nearest first; the absent are left out.</summary>
internal static class ListOverCapacity
{
    /// <param name="Place">Where the patient is: a commune, a postal code or <c>lat,lon</c>.</param>
    /// <param name="RadiusKm">Default: the département's.</param>
    /// <param name="Skill">NOS code or group; all when absent.</param>
    /// <param name="Limit">1–100.</param>
    [Requires(SlotsPermissions.Search)]
    public sealed record Query(string Place, double? RadiusKm = null, string? Skill = null, int Limit = 20)
        : IRequest<IReadOnlyList<Offer>>;

    /// <param name="Until">They may be called until then.</param>
    /// <param name="Zone">IANA zone of the place, for display.</param>
    public sealed record Offer(
        Guid PractitionerId,
        Guid ActivityId,
        string Name,
        string Skill,
        string LocationLabel,
        string Commune,
        string? Phone,
        string? Note,
        DateTimeOffset Until,
        string Zone,
        double DistanceKm
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Place).Reference("place_missing", 120);
            RuleFor(q => q.RadiusKm).InclusiveBetween(0.1, 500).WithMessage("radius_invalid");
            RuleFor(q => q.Skill).PlainText("skill_unknown", 60);
            RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
        }
    }

    public sealed class Handler(SlotsDb db, ISender sender, LocationCache locations, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<Offer>>
    {
        private const int Most = 1000; // open offers of a circle at one moment

        public async Task<IReadOnlyList<Offer>> Handle(Query query, CancellationToken ct)
        {
            var (location, defaultRadius) = await locations.Of(query.Place, user.OrganisationId, sender, ct);
            var (centre, radius, now) = (
                new GeoPoint(location.Latitude, location.Longitude),
                query.RadiusKm ?? defaultRadius,
                clock.GetUtcNow()
            );
            var (cells, skill) = (GeoCell.Around(centre, radius), SkillGroups.Of(query.Skill));
            var (all, departements, communes) = (user.IsSystem, user.Rights.Departements, user.Rights.Communes);
            var away = db.Absences.At(now);
            var rows = await db
                .Calendars.AsNoTracking()
                .Where(c =>
                    cells.Contains(c.Cell)
                    && (skill == null || c.Skill == skill)
                    && (all || departements.Contains(c.Departement) || communes.Contains(c.CommuneCode!))
                )
                .Join(
                    db.Agendas.Where(a => a.OverCapacityUntil > now),
                    c => c.PractitionerId,
                    a => a.PractitionerId,
                    (c, a) => new { Calendar = c, Agenda = a }
                )
                .Where(r => !away.Any(x => x.PractitionerId == r.Calendar.PractitionerId))
                .Take(Most)
                .ToListAsync(ct);
            return
            [
                .. rows.Select(r => (r.Calendar, r.Agenda, Km: centre.DistanceTo(new(r.Calendar.Latitude, r.Calendar.Longitude))))
                    .Where(r => r.Km <= radius)
                    .OrderBy(r => r.Km)
                    .ThenBy(r => r.Calendar.Shuffle)
                    .DistinctBy(r => r.Calendar.PractitionerId)
                    .Take(query.Limit)
                    .Select(r => new Offer(
                        r.Calendar.PractitionerId,
                        r.Calendar.Id,
                        r.Calendar.Name,
                        r.Calendar.SkillLabel,
                        r.Calendar.LocationLabel,
                        r.Calendar.Commune,
                        r.Calendar.Phone,
                        r.Agenda.OverCapacityNote,
                        r.Agenda.OverCapacityUntil!.Value,
                        r.Calendar.Zone,
                        Math.Round(r.Km, 2)
                    )),
            ];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "over-capacity",
                async (string? place, double? radiusKm, string? skill, int? limit, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Query(place ?? "", radiusKm, skill, limit ?? 20), ct))
            )
            .Limited(LimitKind.Search) // the page that shows it searches slots as well, and is counted for that
            .WithName("ListOverCapacity")
            .WithSummary("Effectors who may be called for one more")
            .ProducesProblem(400);
}
