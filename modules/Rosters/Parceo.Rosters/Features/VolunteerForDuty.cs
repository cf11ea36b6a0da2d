using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Services;

namespace Parceo.Rosters.Features;

/// <summary>Says that one could take a duty that nobody has, or takes that back. The planner decides.</summary>
internal static class VolunteerForDuty
{
    [Requires(RostersPermissions.Take)]
    public sealed record Command(Guid DutyId, bool Available) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.DutyId).NotEmpty().WithMessage("duty_unknown");
    }

    public sealed class Handler(RostersDb db, Duties duties, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command c, CancellationToken ct)
        {
            var duty = await db.Own<Duty>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == c.DutyId, ct)
                ?? throw new NotFoundException("duty_unknown");
            audit.About("duty", duty.Id);
            var mine = duties.Mine;
            var known = await db.Own<Volunteer>().SingleOrDefaultAsync(v => v.DutyId == duty.Id && mine.Contains(v.PersonId), ct);
            if (!c.Available)
            {
                if (known is not null)
                    db.Volunteers.Remove(known);
                return Unit.Value;
            }
            if (duty.Start <= clock.GetUtcNow())
                throw new ConflictException("duty_begun");
            if (known is not null)
                return Unit.Value;
            var (self, phone) = await duties.Self(ct);
            db.Volunteers.Add(new Volunteer(duty.OrganisationId, duty.Id, self, phone, clock.GetUtcNow()));
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("duties/{dutyId:guid}/offer", async (Guid dutyId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(dutyId, true), ct);
                return TypedResults.NoContent();
            })
            .WithName("VolunteerForDuty")
            .WithSummary("Say that one could take a duty")
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes
            .MapPost("duties/{dutyId:guid}/offer/withdraw", async (Guid dutyId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(dutyId, false), ct);
                return TypedResults.NoContent();
            })
            .WithName("WithdrawMyself")
            .WithSummary("Take one's offer back")
            .ProducesProblem(404);
    }
}
