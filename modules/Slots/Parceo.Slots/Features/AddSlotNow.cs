using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>« Ajouter un créneau maintenant »: the next free quarter of an hour, with the length, place and mode of the last one published.</summary>
internal static class AddSlotNow
{
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid PractitionerId) : IRequest<Response>;

    public sealed record Response(Guid RangeId, DateTimeOffset Start, DateTimeOffset End, string Zone);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PractitionerId).NotEmpty().WithMessage("effector_unknown");
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(SlotsDb db, Agendas agendas, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        private const int Usual = 20,
            Longest = 60;
        private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15),
            Ahead = TimeSpan.FromHours(12);

        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            (await agendas.Agenda(command.PractitionerId, ct)).Touch(); // before the look at what is taken
            var last = await db
                .Ranges.AsNoTracking()
                .Where(r => r.PractitionerId == command.PractitionerId && (r.HiddenBy & Hidden.Outside) == 0)
                .OrderByDescending(r => r.PublishedAt)
                .FirstOrDefaultAsync(ct);
            var calendar = last is null
                ? (await agendas.CalendarsOf(command.PractitionerId, ct))[0]
                : await agendas.CalendarAt(command.PractitionerId, last.CalendarId, ct);
            // The last range may have been a long one with many places: « maintenant » is one patient.
            var minutes = last is null || (last.End - last.Start).TotalMinutes > Longest ? Usual : (last.End - last.Start).TotalMinutes;

            var (first, until) = (
                new DateTimeOffset(((now.UtcTicks / Quarter.Ticks) + 1) * Quarter.Ticks, TimeSpan.Zero),
                now + Ahead + SlotRange.Longest
            );
            var earliest = now - SlotRange.Longest;
            var offered = await db
                .Ranges.AsNoTracking()
                .Where(r =>
                    r.PractitionerId == command.PractitionerId
                    && r.ClosedAt == null
                    && (r.HiddenBy & Hidden.Outside) == 0
                    && r.Start > earliest
                    && r.Start < until
                )
                .Select(r => new { r.Start, r.End })
                .ToListAsync(ct);
            var taken = offered
                .Select(r => new Period(r.Start, r.End))
                .Concat(await agendas.Busy(command.PractitionerId, first, until, ct))
                .ToList();
            var start = Enumerable
                .Range(0, (int)(Ahead / Quarter))
                .Select(i => first + (i * Quarter))
                .Cast<DateTimeOffset?>()
                .FirstOrDefault(s => !taken.Exists(t => t.Touches(s!.Value, s.Value.AddMinutes(minutes))))
                ?? throw new ConflictException("slot_overlap");

            var range = new SlotRange(
                ids.New(),
                calendar,
                start,
                start.AddMinutes(minutes),
                1,
                last?.Mode ?? Mode.Cabinet,
                null,
                user.Id,
                now
            );
            db.Ranges.Add(range);
            await agendas.Refresh(command.PractitionerId, [range], ct);
            db.Publish(
                new RangePublished(
                    range.Id,
                    range.PractitionerId,
                    range.CalendarId,
                    range.Departement,
                    range.Start,
                    range.End,
                    range.Capacity,
                    range.CommuneCode,
                    range.Skill
                ),
                range.Id
            );
            audit.About("slot_range", range.Id);
            return new Response(range.Id, range.Start, range.End, calendar.Zone);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("ranges/now", async (Command body, ISender sender, CancellationToken ct) =>
            {
                var added = await sender.Send(body, ct);
                return TypedResults.Created($"/api/slots/ranges/{added.RangeId}", added);
            })
            .WithName("AddSlotNow")
            .WithSummary("One slot at the next quarter of an hour")
            .ProducesProblem(403)
            .ProducesProblem(409);
}
