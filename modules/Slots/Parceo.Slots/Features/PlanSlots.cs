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

/// <summary>Slots that come back every week, published eight weeks ahead; a job keeps the horizon.</summary>
internal static class PlanSlots
{
    /// <param name="ActivityId">Where: one of the professional's activities.</param>
    /// <param name="Weekday">Day of the week.</param>
    /// <param name="Start">Local time of the place.</param>
    /// <param name="Minutes">Length of each slot, 5 and more; all slots together at most 14 hours.</param>
    /// <param name="Slots">How many follow each other, 1–40.</param>
    /// <param name="Capacity">Patients each, 1–60.</param>
    /// <param name="First">First date; today when past.</param>
    /// <param name="Last">Last date, or null.</param>
    /// <param name="PublicHolidays">On public holidays too.</param>
    /// <param name="School">In school holidays: always, only, except.</param>
    /// <param name="Replaces">The plan this one follows: it ends the day before, its free slots go, booked ones stay.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(
        Guid PractitionerId,
        Guid ActivityId,
        DayOfWeek Weekday,
        TimeOnly Start,
        int Minutes,
        int Slots,
        int Capacity,
        Mode Mode,
        DateOnly First,
        DateOnly? Last = null,
        string? Note = null,
        bool PublicHolidays = false,
        SchoolRule School = SchoolRule.Always,
        Guid? Replaces = null
    ) : IRequest<Response>;

    /// <param name="Published">Slots that regulators see from now on.</param>
    /// <param name="Withdrawn">Free slots of the plan before that went.</param>
    public sealed record Response(Guid PlanId, int Published, int Withdrawn);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Weekday).IsInEnum().WithMessage("plan_date");
            RuleFor(c => c.Minutes).InclusiveBetween(5, 840).WithMessage("plan_length");
            RuleFor(c => c.Slots).InclusiveBetween(1, 40).WithMessage("plan_length");
            RuleFor(c => c.Capacity).InclusiveBetween(1, SlotRange.MostPlaces).WithMessage("slot_capacity");
            RuleFor(c => c.Mode).IsInEnum().WithMessage("mode_invalid");
            RuleFor(c => c.School).IsInEnum().WithMessage("plan_period");
            RuleFor(c => c.Note).PlainText("note_invalid", 200);
        }
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(SlotsDb db, Timetable timetable, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var calendar = await timetable.CalendarAt(c.PractitionerId, c.ActivityId, ct);
            var today = LocalTime.DayOf(clock.GetUtcNow(), calendar.Zone);
            var first = c.First > today ? c.First : today;
            var withdrawn = c.Replaces is { } replaced ? await End(replaced, c.PractitionerId, first, ct) : 0;
            var plan = new Plan(
                ids.New(),
                calendar,
                new(c.Weekday, c.Start, c.Minutes, c.Slots, c.Capacity, c.Mode, c.Note, c.PublicHolidays, c.School),
                first,
                c.Last,
                user.Id,
                clock.GetUtcNow()
            );
            db.Plans.Add(plan);
            audit.About("plan", plan.Id);
            var (made, wanted) = await timetable.Publish(plan, first, ct);
            var others = await db
                .Plans.Where(p => p.PractitionerId == c.PractitionerId && p.Weekday == c.Weekday && p.Id != plan.Id)
                .ToListAsync(ct);
            // A series all of whose times are offered already would stand there and never publish anything.
            if (made == 0 && (wanted > 0 || others.Exists(p => p.Covers(plan))))
                throw new ConflictException("plan_overlap");
            return new Response(plan.Id, made, withdrawn);
        }

        private async Task<int> End(Guid planId, Guid practitionerId, DateOnly from, CancellationToken ct)
        {
            var plan = await db.Plans.FindAsync([planId], ct);
            if (plan is null || plan.PractitionerId != practitionerId)
                throw new NotFoundException("plan_unknown");
            plan.End(from.AddDays(-1));
            return await timetable.Withdraw(plan.Id, from, null, ct);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("plans", async (Command body, ISender sender, CancellationToken ct) =>
            {
                var planned = await sender.Send(body, ct);
                return TypedResults.Created($"/api/slots/plans/{planned.PlanId}", planned);
            })
            .WithName("PlanSlots")
            .WithSummary("Slots of every week")
            .ProducesProblem(403)
            .ProducesProblem(409);
}
