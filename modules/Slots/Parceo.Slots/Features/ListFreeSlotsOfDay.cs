using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Query = Parceo.Slots.Contracts.ListFreeSlotsOfDay.Query;

namespace Parceo.Slots.Features;

/// <summary>Free slots of a day in the caller's territory, a line a professional: for the continuity sheet.</summary>
internal static class ListFreeSlotsOfDay
{
    private const int MostSlots = 30;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200).WithMessage("limit_invalid");
            RuleFor(q => q.To).Must((q, to) => to > q.From && to - q.From <= TimeSpan.FromHours(48)).WithMessage("period_too_long");
        }
    }

    public sealed class Handler(SlotsDb db) : IRequestHandler<Query, FreeSlotsOfDay>
    {
        public async Task<FreeSlotsOfDay> Handle(Query q, CancellationToken ct)
        {
            // By calendar: each is one look into (calendar, start), however many slots the territory holds.
            var free = db
                .Calendars.AsNoTracking()
                .Where(c =>
                    db.Ranges.Any(r => r.CalendarId == c.Id && r.Start >= q.From && r.Start < q.To && r.Open)
                    && !db.Absences.Any(a => a.PractitionerId == c.PractitionerId && a.From < q.To && (a.To == null || a.To > q.From))
                );
            var all = await free.Select(c => new
                {
                    c.Id,
                    c.Commune,
                    c.Name,
                })
                .ToListAsync(ct);
            var ids = all.OrderBy(c => c.Commune, FrenchText.ByName)
                .ThenBy(c => TextRules.WithoutTitle(c.Name), FrenchText.ByName)
                .ThenBy(c => c.Id)
                .Take(q.Limit)
                .Select(c => c.Id)
                .ToList();
            var calendars = await db.Calendars.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(ct);
            var slots = (
                await db
                    .Ranges.AsNoTracking()
                    .Where(r => ids.Contains(r.CalendarId) && r.Start >= q.From && r.Start < q.To && r.Open)
                    .OrderBy(r => r.Start)
                    .Select(r => new
                    {
                        r.CalendarId,
                        r.Start,
                        r.End,
                        r.PlacesLeft,
                    })
                    .ToListAsync(ct)
            ).ToLookup(r => r.CalendarId);
            return new(
                [
                    .. calendars
                        .OrderBy(c => ids.IndexOf(c.Id))
                        .Select(c => new FreeSlotsLine(
                            c.Name,
                            c.SkillLabel,
                            c.LocationLabel,
                            c.Commune,
                            c.Phone,
                            c.Zone,
                            [.. slots[c.Id].Take(MostSlots).Select(s => new FreeSlot(s.Start, s.End, s.PlacesLeft))]
                        )),
                ],
                all.Count - ids.Count
            );
        }
    }
}
