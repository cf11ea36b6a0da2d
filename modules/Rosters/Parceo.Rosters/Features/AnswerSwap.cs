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

/// <summary>The colleague agrees, and the duty changes hands at once; or says no. Of several who agree, the first has it.</summary>
internal static class AnswerSwap
{
    [Requires(RostersPermissions.Take)]
    public sealed record Command(Guid SwapId, bool Accept) : IRequest<Response>;

    /// <param name="Start">Of the duty.</param>
    public sealed record Response(Guid DutyId, DateTimeOffset Start);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SwapId).NotEmpty().WithMessage("swap_unknown");
    }

    public sealed class Handler(RostersDb db, Duties duties, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var (mine, now) = (duties.Mine, clock.GetUtcNow());
            // Who proposed reads it too, and is told that one does not agree with oneself; nobody else may know of it.
            var swap = await db.Own<Swap>().SingleOrDefaultAsync(s => s.Id == c.SwapId, ct) ?? throw new NotFoundException("swap_unknown");
            audit.About("swap", swap.Id);
            if (swap.State != SwapState.Proposed)
                throw new ConflictException("swap_closed");
            if (swap.ToId is { } asked && !mine.Contains(asked))
                throw new NotFoundException("swap_unknown");
            if (!c.Accept && swap.ToId is null)
                throw new NotFoundException("swap_unknown"); // nobody in particular was asked
            var roster = await db.Own<Roster>().Include(r => r.Duties).SingleAsync(r => r.Id == swap.RosterId, ct);
            var sector = await db.Sectors.AsNoTracking().SingleAsync(s => s.Id == roster.SectorId, ct);
            var duty = roster.Of(swap.DutyId);
            if (c.Accept)
            {
                await Agree(swap, roster, duty, now, ct);
                await duties.Lapse(swap.ReturnDutyId is { } back ? [duty.Id, back] : [duty.Id], swap.Id, roster, sector, now, ct);
            }
            else
                swap.Decline(now);
            duties.Tell(swap, roster, sector, swap.To, c.Accept ? "accepted" : "declined");
            return new(duty.Id, duty.Start);
        }

        private async Task Agree(Swap swap, Roster roster, Duty duty, DateTimeOffset now, CancellationToken ct)
        {
            var (self, phone) = await duties.Self(ct);
            var who = swap.To is { IsAccount: true } asked ? asked : self; // asked by account, they stay that account in the roster
            if (duties.Mine.Contains(swap.FromId))
                throw new ConflictException("swap_with_oneself");
            swap.Accept(who, now);
            Guid[] leaving = swap.ReturnDutyId is { } given ? [given] : [];
            await duties.TakeTurn(who.Id, duty, leaving, ct);
            if (swap.ReturnDutyId is { } back)
                await duties.TakeTurn(swap.FromId, roster.Of(back), [duty.Id], ct);
            roster.Exchange(swap, who, phone, swap.From, swap.FromPhone, (ids.New(), ids.New()), user.Id, now);
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("swaps/{swapId:guid}/accept", async (Guid swapId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(swapId, true), ct))
            )
            .WithName("AcceptSwap")
            .WithSummary("Agree to an exchange")
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes
            .MapPost("swaps/{swapId:guid}/decline", async (Guid swapId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(swapId, false), ct))
            )
            .WithName("DeclineSwap")
            .WithSummary("Say no to an exchange")
            .ProducesProblem(404)
            .ProducesProblem(409);
    }
}
