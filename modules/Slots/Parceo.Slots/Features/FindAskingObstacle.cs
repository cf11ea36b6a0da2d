using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Search;
using Query = Parceo.Slots.Contracts.FindAskingObstacle.Query;

namespace Parceo.Slots.Features;

/// <summary>Why <see cref="FindEffectorsToAsk"/> leaves a professional out, in the order in which a regulator can do something about it.</summary>
internal static class FindAskingObstacle
{
    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Skill).Reference("skill_unknown", 60);
    }

    public sealed class Handler(SlotsDb db, TimeProvider clock) : IRequestHandler<Query, AskingObstacle?>
    {
        public async Task<AskingObstacle?> Handle(Query q, CancellationToken ct)
        {
            var (now, centre, skill) = (clock.GetUtcNow(), new GeoPoint(q.Latitude, q.Longitude), SkillGroups.Of(q.Skill));
            IReadOnlyList<Calendar> left = await db
                .Calendars.AsNoTracking()
                .Where(c => c.PractitionerId == q.PractitionerId)
                .ToListAsync(ct);
            bool NoneIs(Func<Calendar, bool> right) => (left = [.. left.Where(right)]).Count == 0;
            if (left.Count == 0)
                return new(ObstacleKind.NotHere);
            if (NoneIs(c => q.Departements.Contains(c.Departement) || q.Communes.Contains(c.CommuneCode)))
                return new(ObstacleKind.OtherTerritory);
            if (NoneIs(c => c.Skill == skill))
                return new(ObstacleKind.OtherSkill);
            if (NoneIs(c => centre.DistanceTo(new(c.Latitude, c.Longitude)) <= q.RadiusKm))
                return new(ObstacleKind.TooFar);
            var absences = await db
                .Absences.AsNoTracking()
                .Where(a => a.PractitionerId == q.PractitionerId && a.From <= now && (a.To == null || a.To > now))
                .ToListAsync(ct);
            if (absences.Count > 0)
                return new(ObstacleKind.Away, absences.Exists(a => a.To is null) ? null : absences.Max(a => a.To));
            var agenda = await db.Agendas.AsNoTracking().SingleOrDefaultAsync(a => a.PractitionerId == q.PractitionerId, ct);
            return q.Mode switch
            {
                Mode.Visite when agenda?.TakesVisits != true => new(ObstacleKind.OtherMode),
                Mode.Teleconsultation when agenda?.TakesTeleconsultations == false => new(ObstacleKind.OtherMode),
                _ => null,
            };
        }
    }
}
