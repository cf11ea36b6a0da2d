using System.Numerics;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>The days on which the caller, and those they act for, offer slots: from when to when, and how many places are taken. No patient.</summary>
internal static class SummarizeDays
{
    /// <param name="To">At most eight days after the beginning.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Query(DateTimeOffset From, DateTimeOffset To) : IRequest<IReadOnlyList<Day>>;

    /// <summary>One professional's slots of one local day at one place.</summary>
    /// <param name="Zone">IANA name.</param>
    public sealed record Day(
        Guid PractitionerId,
        string Name,
        string Location,
        string Zone,
        DateTimeOffset Start,
        DateTimeOffset End,
        int Places,
        int Taken
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() =>
            RuleFor(q => q.To).Must((q, to) => to > q.From && to - q.From <= TimeSpan.FromDays(8)).WithMessage("period_too_long");
    }

    public sealed class Handler(SlotsDb db, ICurrentUser user) : IRequestHandler<Query, IReadOnlyList<Day>>
    {
        private const int Read = 2000; // ranges of ten minutes, all week, of a secretary's four physicians

        public async Task<IReadOnlyList<Day>> Handle(Query query, CancellationToken ct)
        {
            var mine = user.Rights.PractitionersFor(SlotsPermissions.Publish);
            var rows = await db
                .Ranges.AsNoTracking()
                .Where(r => mine.Contains(r.PractitionerId) && r.Start >= query.From && r.Start < query.To && r.ClosedAt == null)
                .OrderBy(r => r.Start)
                .Take(Read)
                .Join(
                    db.Calendars,
                    r => r.CalendarId,
                    c => c.Id,
                    (r, c) =>
                        new
                        {
                            r.PractitionerId,
                            c.Name,
                            c.LocationLabel,
                            c.Zone,
                            r.Start,
                            r.End,
                            r.Capacity,
                            r.Taken,
                        }
                )
                .ToListAsync(ct);
            return
            [
                .. rows.GroupBy(r => (r.PractitionerId, r.LocationLabel, LocalTime.DayOf(r.Start, r.Zone)))
                    .Select(g => new Day(
                        g.Key.PractitionerId,
                        g.First().Name,
                        g.Key.LocationLabel,
                        g.First().Zone,
                        g.Min(r => r.Start),
                        g.Max(r => r.End),
                        g.Sum(r => r.Capacity),
                        g.Sum(r => BitOperations.PopCount((ulong)r.Taken))
                    ))
                    .OrderBy(d => d.Start),
            ];
        }
    }
}
