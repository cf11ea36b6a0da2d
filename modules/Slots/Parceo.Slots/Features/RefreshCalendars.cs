using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Parceo.Platform;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>
/// Every night, and after an import: takes over what the directory says now of the professionals who have slots to come. Some
/// calendars at a time, each time a request of its own (<see cref="RefreshCalendarSlice"/>): what fails holds up nobody else.
/// </summary>
internal static class RefreshCalendars
{
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SlotsDb db, ISender sender, TimeProvider clock, ILogger<Handler> log) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (now, after, failed) = (clock.GetUtcNow(), Guid.Empty, (Exception?)null);
            while (true)
            {
                var from = after;
                var slice = await db
                    .Calendars.Where(c => c.Id.CompareTo(from) > 0 && db.Ranges.Any(r => r.CalendarId == c.Id && r.Start > now))
                    .OrderBy(c => c.Id)
                    .Select(c => c.Id)
                    .Take(RefreshCalendarSlice.Most)
                    .ToListAsync(ct);
                if (slice.Count == 0)
                    return failed is null ? Unit.Value : throw failed; // the job is tried again soon; the others are refreshed already
                after = slice[^1];
                try
                {
                    await sender.Send(new RefreshCalendarSlice.Command(slice), ct);
                }
                catch (Exception e) when (!ct.IsCancellationRequested)
                {
                    failed = e;
                    log.LogWarning("{Count} calendars were not refreshed: {Failure}", slice.Count, e.GetType().Name);
                }
            }
        }
    }
}
