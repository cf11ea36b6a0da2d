using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>One date of a weekly plan differs: not that day, at another time, or as every week again.</summary>
internal static class ChangePlanDate
{
    /// <param name="Date">A date of the plan.</param>
    /// <param name="Removed">Not that day.</param>
    /// <param name="Start">Local time instead; null for the plan's own.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid PlanId, DateOnly Date, bool Removed, TimeOnly? Start = null) : IRequest<Response>;

    /// <param name="Withdrawn">Free slots that went; booked ones stay.</param>
    /// <param name="Published">Slots that came.</param>
    public sealed record Response(int Withdrawn, int Published);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PlanId).NotEmpty().WithMessage("plan_unknown");
    }

    public sealed class Handler(SlotsDb db, Timetable timetable, CallContext user, AuditNote audit) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var plan = await db.Plans.Include(p => p.Dates).SingleOrDefaultAsync(p => p.Id == command.PlanId, ct);
            if (plan is null || !user.ActFor(SlotsPermissions.Publish, plan.PractitionerId))
                throw new NotFoundException("plan_unknown");
            plan.Change(command.Date, command.Removed, command.Start);
            audit.About("plan", plan.Id);
            var withdrawn = await timetable.Withdraw(plan.Id, command.Date, command.Date, ct);
            return new Response(withdrawn, command.Removed ? 0 : (await timetable.Publish(plan, command.Date, ct)).Made);
        }
    }

    public sealed record Body(DateOnly Date, bool Removed, TimeOnly? Start = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("plans/{planId:guid}/dates", async (Guid planId, Body body, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(planId, body.Date, body.Removed, body.Start), ct))
            )
            .WithName("ChangePlanDate")
            .WithSummary("One date differs from the week")
            .ProducesProblem(404);
}
