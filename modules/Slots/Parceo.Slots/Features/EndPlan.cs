using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>A weekly plan stops: its free slots from that date on go, booked ones stay.</summary>
internal static class EndPlan
{
    /// <param name="From">First date without it.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid PlanId, DateOnly From) : IRequest<Response>;

    /// <param name="Withdrawn">Free slots that went.</param>
    public sealed record Response(int Withdrawn);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PlanId).NotEmpty().WithMessage("plan_unknown");
    }

    public sealed class Handler(SlotsDb db, Timetable timetable, CallContext user, AuditNote audit) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var plan = await db.Plans.FindAsync([command.PlanId], ct);
            if (plan is null || !user.ActFor(SlotsPermissions.Publish, plan.PractitionerId))
                throw new NotFoundException("plan_unknown");
            plan.End(command.From.AddDays(-1));
            audit.About("plan", plan.Id);
            return new Response(await timetable.Withdraw(plan.Id, command.From, null, ct));
        }
    }

    public sealed record Body(DateOnly From);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("plans/{planId:guid}/end", async (Guid planId, Body body, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(planId, body.From), ct))
            )
            .WithName("EndPlan")
            .WithSummary("Stop slots of every week")
            .ProducesProblem(404);
}
