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
using Parceo.Rosters.Events;

namespace Parceo.Rosters.Features;

/// <summary>Makes a month binding: everyone on duty is told, and the SAS sees it.</summary>
internal static class PublishRoster
{
    /// <param name="KnownGaps">How many periods without anybody the planner saw and publishes all the same; another number is refused.</param>
    [Requires(RostersPermissions.Plan)]
    public sealed record Command(Guid RosterId, int KnownGaps = 0) : IRequest<Response>;

    public sealed record Response(int Edition, int Gaps);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.RosterId).NotEmpty().WithMessage("roster_unknown");
            // No month has more periods.
            RuleFor(c => c.KnownGaps).InclusiveBetween(0, 1000).WithMessage("gaps_invalid");
        }
    }

    public sealed class Handler(RostersDb db, ICurrentUser user, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var roster = await db.Own<Roster>().Include(r => r.Duties).SingleOrDefaultAsync(r => r.Id == c.RosterId, ct)
                ?? throw new NotFoundException("roster_unknown");
            var sector = await db.Own<Sector>().AsNoTracking().SingleAsync(s => s.Id == roster.SectorId, ct);
            audit.About("roster", roster.Id);
            roster.Publish(c.KnownGaps, user.Id, clock.GetUtcNow());
            db.Publish(
                new RosterPublished(
                    roster.Id,
                    sector.Id,
                    roster.OrganisationId,
                    sector.Name,
                    roster.Month,
                    roster.Gaps,
                    [.. roster.Duties.Select(d => d.Holder).OfType<RosterPerson>().DistinctBy(p => p.Id)]
                ),
                roster.Id
            );
            return new(roster.Edition!.Value, roster.Gaps);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("rosters/{rosterId:guid}/publish", async (Guid rosterId, int? knownGaps, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(rosterId, knownGaps ?? 0), ct))
            )
            .WithName("PublishRoster")
            .WithSummary("Publish a month's roster")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
