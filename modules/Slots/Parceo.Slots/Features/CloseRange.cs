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

/// <summary>A professional withdraws what is left of a range; patients already booked stay booked.</summary>
internal static class CloseRange
{
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid RangeId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.RangeId).NotEmpty();
    }

    public sealed class Handler(SlotsDb db, SlotChanges changes, CallContext user, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var range = await changes.Range(command.RangeId, ct);
            // Regulators see the range, but its definition is the professional's own (domain.md section 2).
            if (!user.ActFor(SlotsPermissions.Publish, range.PractitionerId))
                throw new ForbiddenException("not_own_agenda");
            audit.About("slot_range", range.Id);
            if (range.ClosedAt is not null)
                return Unit.Value;
            range.Close(clock.GetUtcNow());
            db.Publish(new RangeClosed(range.Id, range.PractitionerId, range.CalendarId, range.Departement, range.Taken != 0), range.Id);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("ranges/{rangeId:guid}/close", async (Guid rangeId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(rangeId), ct);
                return TypedResults.NoContent();
            })
            .WithName("CloseRange")
            .WithSummary("Withdraw what is left of a range")
            .ProducesProblem(403)
            .ProducesProblem(404);
}
