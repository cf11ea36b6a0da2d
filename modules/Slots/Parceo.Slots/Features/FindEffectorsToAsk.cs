using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Search;
using Query = Parceo.Slots.Contracts.FindEffectorsToAsk.Query;

namespace Parceo.Slots.Features;

/// <summary>Effectors whom a solicitation may reach (W1.5), for the module that runs the waves.</summary>
internal static class FindEffectorsToAsk
{
    private const int MostCandidates = 5000;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Latitude).InclusiveBetween(-90, 90).WithMessage("place_unknown");
            RuleFor(q => q.Longitude).InclusiveBetween(-180, 180).WithMessage("place_unknown");
            RuleFor(q => q.RadiusKm).InclusiveBetween(0.1, 500).WithMessage("radius_invalid");
            RuleFor(q => q.Skill).Reference("skill_unknown", 60);
            RuleFor(q => q.Mode).IsInEnum().WithMessage("mode_invalid");
            RuleFor(q => q.Limit).InclusiveBetween(1, 500).WithMessage("limit_invalid");
        }
    }

    public sealed class Handler(SlotsDb db, SystemSender system, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<EffectorToAsk>>
    {
        public async Task<IReadOnlyList<EffectorToAsk>> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var near = await Near(query, now, ct);
            if (near.Count == 0)
                return [];
            var ids = near.ConvertAll(n => n.Calendar.PractitionerId);
            var agendas = await db
                .Agendas.AsNoTracking()
                .Where(a => ids.Contains(a.PractitionerId))
                .ToDictionaryAsync(a => a.PractitionerId, ct);
            var weeks = near.ConvertAll(n => LocalTime.WeekOf(now, n.Calendar.Zone));
            var load = (
                await system.Send(new CountLoad.Query(ids, weeks.Min(w => w.Start), weeks.Max(w => w.End)), user.CorrelationId, ct)
            ).ToLookup(l => l.PractitionerId, l => l.Start);
            return
            [
                .. near.Select(n =>
                    Line(n.Calendar, n.Km, agendas.GetValueOrDefault(n.Calendar.PractitionerId), [.. load[n.Calendar.PractitionerId]], now)
                ),
            ];
        }

        private async Task<List<(Calendar Calendar, double Km)>> Near(Query query, DateTimeOffset now, CancellationToken ct)
        {
            var centre = new GeoPoint(query.Latitude, query.Longitude);
            var (departements, communes) = Territory(query);
            var cells = GeoCell.Around(centre, query.RadiusKm);
            var away = db.Absences.At(now);
            var candidates = await db
                .Calendars.AsNoTracking()
                .Where(c => cells.Contains(c.Cell))
                .InTerritory(departements, communes)
                .OfSkill(query.Skill)
                .Where(c => !away.Any(a => a.PractitionerId == c.PractitionerId))
                .TakingBy(query.Mode, db.Agendas)
                .OrderBy(c => c.Id)
                .Take(MostCandidates)
                .ToListAsync(ct);
            return
            [
                .. candidates
                    .Select(c => (Calendar: c, Km: centre.DistanceTo(new(c.Latitude, c.Longitude))))
                    .Where(c => c.Km <= query.RadiusKm)
                    .OrderBy(c => c.Km)
                    .ThenBy(c => c.Calendar.Shuffle)
                    .DistinctBy(c => c.Calendar.PractitionerId)
                    .Take(query.Limit),
            ];
        }

        private (IReadOnlyCollection<string> Departements, IReadOnlyCollection<string> Communes) Territory(Query query)
        {
            if (user.IsSystem)
            {
                if (query.Departements is null && query.Communes is null)
                    throw InvalidException.Of("departements", "territory_missing");
                return (query.Departements ?? [], query.Communes ?? []);
            }
            if (query.Departements is null && query.Communes is null)
                return (user.Rights.Departements, user.Rights.Communes);
            // A commune asked for is inside a granted département only if it says so by its own code: 57463 → 57, 97411 → 974.
            bool Mine(string commune) =>
                user.Rights.Communes.Contains(commune)
                || user.Rights.Departements.Any(d => commune.StartsWith(d, StringComparison.Ordinal));
            return ([.. (query.Departements ?? []).Where(user.Rights.Departements.Contains)], [.. (query.Communes ?? []).Where(Mine)]);
        }

        private static EffectorToAsk Line(Calendar c, double km, Agenda? agenda, IReadOnlyList<DateTimeOffset> starts, DateTimeOffset now)
        {
            var (week, day) = (LocalTime.WeekOf(now, c.Zone), LocalTime.DayOf(now, c.Zone));
            var ofWeek = starts.Count(s => s >= week.Start && s < week.End);
            var ofDay = starts.Count(s => LocalTime.DayOf(s, c.Zone) == day);
            return new(
                c.PractitionerId,
                c.Id,
                c.Name,
                c.LocationLabel,
                c.Commune,
                c.Departement,
                c.Zone,
                c.Phone,
                km,
                agenda?.PresentUntil > now,
                ofWeek,
                agenda?.IsFull(ofDay, ofWeek) ?? false,
                agenda?.OverCapacityUntil > now ? agenda.OverCapacityUntil : null
            );
        }
    }
}
