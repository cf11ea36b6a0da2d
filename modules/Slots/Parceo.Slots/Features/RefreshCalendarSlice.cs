using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>
/// Takes over what the directory says now of some professionals (name, phone, address). Points stay as they were published,
/// so that ranges and their calendar agree. Who has left the directory, or the place, is neither found nor booked any more:
/// their ranges to come are withdrawn; patients already booked stay.
/// </summary>
internal static class RefreshCalendarSlice
{
    internal const int Most = 100;

    [SystemOnly]
    public sealed record Command(IReadOnlyList<Guid> CalendarIds) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.CalendarIds).Must(ids => ids.Count <= Most);
    }

    public sealed class Handler(SlotsDb db, ISender sender, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var calendars = await db.Calendars.Where(c => command.CalendarIds.Contains(c.Id)).ToListAsync(ct);
            var people = (
                await sender.Send(new GetPractitioners.Query([.. calendars.Select(c => c.PractitionerId).Distinct()]), ct)
            ).ToDictionary(p => p.Id);
            foreach (var calendar in calendars)
            {
                if (
                    !people.TryGetValue(calendar.PractitionerId, out var person)
                    || person.Activities.FirstOrDefault(a => a.Id == calendar.Id) is not { } activity
                )
                {
                    await Withdraw(calendar.Id, now, ct);
                    continue;
                }
                calendar.Refresh(
                    person.Name,
                    calendar.Skill,
                    person.Skill ?? person.Profession,
                    activity.Structure ?? activity.Address ?? "",
                    activity.CommuneName ?? "",
                    calendar.Departement,
                    activity.Phone,
                    new GeoPoint(calendar.Latitude, calendar.Longitude),
                    activity.Commune
                );
            }
            return Unit.Value;
        }

        // A request a range: each is saved by itself, so that a booking of one at this moment disturbs no other.
        private async Task Withdraw(Guid calendar, DateTimeOffset now, CancellationToken ct)
        {
            foreach (
                var range in await db
                    .Ranges.Where(r => r.CalendarId == calendar && r.Start > now && r.ClosedAt == null)
                    .Select(r => r.Id)
                    .ToListAsync(ct)
            )
                await sender.Send(new CloseRange.Command(range), ct);
        }
    }
}
