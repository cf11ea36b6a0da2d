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

namespace Parceo.Rosters.Features;

/// <summary>Takes a filling back. Duties that somebody changed since keep who has them.</summary>
internal static class UndoFill
{
    [Requires(RostersPermissions.Plan)]
    public sealed record Command(Guid RosterId, IReadOnlyList<FillRoster.FilledDuty> Filled) : IRequest<Response>;

    public sealed record Response(int Freed, int Gaps);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Filled).Must(f => f.Count is > 0 and <= 400).WithMessage("fill_nothing_to_undo");
    }

    public sealed class Handler(RostersDb db, AuditNote audit) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var roster = await db.Own<Roster>().Include(r => r.Duties).SingleOrDefaultAsync(r => r.Id == c.RosterId, ct)
                ?? throw new NotFoundException("roster_unknown");
            audit.About("roster", roster.Id);
            var freed = roster.Unfill(c.Filled.DistinctBy(f => f.DutyId).ToDictionary(f => f.DutyId, f => f.Version));
            return new(freed, roster.Gaps);
        }
    }

    public sealed record Body(IReadOnlyList<FillRoster.FilledDuty> Filled);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("rosters/{rosterId:guid}/fill/undo", async (Guid rosterId, Body b, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(rosterId, b.Filled), ct))
            )
            .WithName("UndoFillRoster")
            .WithSummary("Take a filling back")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
