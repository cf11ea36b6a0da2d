using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>Answers <see cref="GetNextSlots"/> for the directory's pages; the query filter decides who sees what.</summary>
internal static class GetNextSlotsHandler
{
    public sealed class Validator : AbstractValidator<GetNextSlots.Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 20).WithMessage("limit_invalid");
    }

    public sealed class Handler(SlotsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<GetNextSlots.Query, IReadOnlyList<NextSlot>>
    {
        public async Task<IReadOnlyList<NextSlot>> Handle(GetNextSlots.Query query, CancellationToken ct)
        {
            if (!user.Can(SlotsPermissions.Search) && !user.Rights.PractitionerIds.Contains(query.PractitionerId)) return [];
            var now = clock.GetUtcNow();
            var rows = await db.Ranges.AsNoTracking().Where(r => r.PractitionerId == query.PractitionerId && r.Start > now && r.Open)
                .OrderBy(r => r.Start).Take(query.Limit)
                .Join(db.Calendars, r => r.CalendarId, c => c.Id, (r, c) => new { Range = r, c.Zone }).ToListAsync(ct);
            return [.. rows.OrderBy(x => x.Range.Start).Select(x => new NextSlot(x.Range.Id, x.Range.CalendarId, x.Range.Start, x.Range.End, x.Range.PlacesLeft, x.Range.Mode.ToString(), x.Zone))];
        }
    }
}
