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

/// <summary>Takes a proposal back, as long as nobody agreed.</summary>
internal static class WithdrawSwap
{
    [Requires(RostersPermissions.Take)]
    public sealed record Command(Guid SwapId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SwapId).NotEmpty().WithMessage("swap_unknown");
    }

    public sealed class Handler(RostersDb db, Duties duties, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command c, CancellationToken ct)
        {
            var mine = duties.Mine;
            var swap = await db.Own<Swap>().SingleOrDefaultAsync(s => s.Id == c.SwapId && mine.Contains(s.FromId), ct)
                ?? throw new NotFoundException("swap_unknown");
            audit.About("swap", swap.Id);
            swap.Withdraw(clock.GetUtcNow());
            var roster = await db.Own<Roster>().AsNoTracking().Include(r => r.Duties).SingleAsync(r => r.Id == swap.RosterId, ct);
            duties.Tell(swap, roster, await db.Sectors.AsNoTracking().SingleAsync(s => s.Id == roster.SectorId, ct), swap.To, "withdrawn");
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("swaps/{swapId:guid}/withdraw", async (Guid swapId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(swapId), ct);
                return TypedResults.NoContent();
            })
            .WithName("WithdrawSwap")
            .WithSummary("Take a proposal back")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
