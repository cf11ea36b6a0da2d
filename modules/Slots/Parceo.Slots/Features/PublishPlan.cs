using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Data;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>Publishes what one plan wants up to the horizon: a transaction of its own, so that a plan in trouble holds up no other.</summary>
internal static class PublishPlan
{
    [SystemOnly]
    public sealed record Command(Guid PlanId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PlanId).NotEmpty().WithMessage("plan_unknown");
    }

    public sealed class Handler(SlotsDb db, Timetable timetable) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var plan = await db.Plans.Include(p => p.Dates).SingleOrDefaultAsync(p => p.Id == command.PlanId, ct)
                ?? throw new NotFoundException("plan_unknown");
            await timetable.Publish(plan, plan.PublishedUntil.AddDays(1), ct);
            return Unit.Value;
        }
    }
}
