using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
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
            var (now, centre) = (clock.GetUtcNow(), new GeoPoint(q.Latitude, q.Longitude));
            var left = db.Calendars.AsNoTracking().Where(c => c.PractitionerId == q.PractitionerId);
            if (!await left.AnyAsync(ct))
                return new(ObstacleKind.NotHere);
            left = left.InTerritory(q.Departements, q.Communes);
            if (!await left.AnyAsync(ct))
                return new(ObstacleKind.OtherTerritory);
            left = left.OfSkill(q.Skill);
            var places = await left.Select(c => new GeoPoint(c.Latitude, c.Longitude)).ToListAsync(ct);
            if (places.Count == 0)
                return new(ObstacleKind.OtherSkill);
            if (!places.Exists(p => centre.DistanceTo(p) <= q.RadiusKm))
                return new(ObstacleKind.TooFar);
            if (
                await db
                    .Absences.AsNoTracking()
                    .Where(a => a.PractitionerId == q.PractitionerId)
                    .At(now)
                    .LastFirst()
                    .FirstOrDefaultAsync(ct) is
                { } away
            )
                return new(ObstacleKind.Away, away.To);
            return await left.TakingBy(q.Mode, db.Agendas).AnyAsync(ct) ? null : new(ObstacleKind.OtherMode);
        }
    }
}
