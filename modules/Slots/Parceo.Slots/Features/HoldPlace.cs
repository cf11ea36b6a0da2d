using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>A regulator keeps a place while they speak (W1.4): <c>Slots:HoldMinutes</c>, 3 by default. Asking again returns the same hold; taking another gives the first one back.</summary>
internal static class HoldPlace
{
    /// <param name="OrientationId">The orientation it is held for: it shows so.</param>
    [Requires(SlotsPermissions.Book), Limited(LimitKind.Booking)]
    public sealed record Command(Guid RangeId, Guid? OrientationId = null) : IRequest<Response>;

    /// <param name="HoldId">To release it.</param>
    /// <param name="Until">Server time at which it ends by itself.</param>
    /// <param name="Place">1 to capacity.</param>
    public sealed record Response(Guid HoldId, DateTimeOffset Until, int Place);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.RangeId).NotEmpty();
    }

    public sealed class Handler(
        SlotsDb db,
        SlotChanges changes,
        ICurrentUser user,
        IIds ids,
        TimeProvider clock,
        IConfiguration settings,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var range = await changes.Range(command.RangeId, ct);
            var others = await db
                .Holds.Where(h =>
                    h.RegulatorId == user.Id
                    && (h.RangeId != range.Id || (command.OrientationId != null && h.OrientationId != command.OrientationId))
                )
                .ToListAsync(ct);
            if (others.Find(h => h.RangeId == range.Id) is { } forAnother)
                await changes.Release(forAnother, ct);
            var before = range.Version;
            var lease = TimeSpan.FromMinutes(Math.Clamp(settings.GetValue("Slots:HoldMinutes", 3.0), 0.1, 15));
            var hold = range.TakeHold(ids.New(), user.Id, user.OrganisationId, lease, clock.GetUtcNow(), command.OrientationId);
            if (range.Version != before)
                changes.Held(hold, range);
            // One at a time: in the same transaction, so that the first is given back only when the other is won; after it, so
            // that their orientation stays held in between.
            foreach (var first in others.Where(h => h.RangeId != range.Id))
                await changes.Release(first, ct);
            audit.About("slot_range", range.Id);
            return new Response(hold.Id, hold.Until, hold.Place);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("ranges/{rangeId:guid}/holds", async (Guid rangeId, Guid? orientationId, ISender sender, CancellationToken ct) =>
            {
                var held = await sender.Send(new Command(rangeId, orientationId), ct);
                return TypedResults.Created($"/api/slots/holds/{held.HoldId}", held);
            })
            .WithName("HoldPlace")
            .WithSummary("Hold a place for a few minutes")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
