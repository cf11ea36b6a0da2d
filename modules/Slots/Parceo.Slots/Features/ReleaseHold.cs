using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>A regulator gives their held place back before its time. Releasing what is gone already is no error.</summary>
internal static class ReleaseHold
{
    [Requires(SlotsPermissions.Book)]
    public sealed record Command(Guid HoldId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.HoldId).NotEmpty();
    }

    public sealed class Handler(SlotsDb db, SlotChanges changes, ICurrentUser user) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            // Only one's own: another regulator's hold is as good as unknown.
            var hold = await db.Holds.SingleOrDefaultAsync(h => h.Id == command.HoldId && h.RegulatorId == user.Id, ct);
            if (hold is not null)
                await changes.Release(hold, ct);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("holds/{holdId:guid}/release", async (Guid holdId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(holdId), ct);
                return TypedResults.NoContent();
            })
            .WithName("ReleaseHold")
            .WithSummary("Give a held place back");
}
