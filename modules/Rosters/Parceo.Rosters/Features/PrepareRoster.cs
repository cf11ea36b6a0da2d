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

/// <summary>Prepares a sector's month from its template; again, it adds what is missing and keeps who is assigned.</summary>
internal static class PrepareRoster
{
    /// <param name="Month">Any day of it; within two years.</param>
    [Requires(RostersPermissions.Plan)]
    public sealed record Command(Guid SectorId, DateOnly Month) : IRequest<Response>;

    public sealed record Response(Guid RosterId, int Added, int Gaps);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock) =>
            RuleFor(c => c.Month)
                .Must(m => Math.Abs(m.DayNumber - DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber) <= 731)
                .WithMessage("roster_month_invalid");
    }

    public sealed class Handler(RostersDb db, IIds ids, AuditNote audit) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var sector = await db.Own<Sector>().SingleOrDefaultAsync(s => s.Id == c.SectorId, ct)
                ?? throw new NotFoundException("sector_unknown");
            var month = new DateOnly(c.Month.Year, c.Month.Month, 1);
            var roster = await db.Own<Roster>()
                .Include(r => r.Duties)
                .SingleOrDefaultAsync(r => r.SectorId == sector.Id && r.Month == month, ct);
            if (roster is null)
                db.Rosters.Add(roster = new Roster(ids.New(), sector, month));
            audit.About("roster", roster.Id);
            var added = roster.Fit([.. DutyCalendar.Of(month, sector.Rules, sector.Departement).Select(p => (ids.New(), p))]);
            return new(roster.Id, added, roster.Gaps);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "sectors/{sectorId:guid}/months/{month}",
                async (Guid sectorId, DateOnly month, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Command(sectorId, month), ct))
            )
            .WithName("PrepareRoster")
            .WithSummary("Prepare a sector's month")
            .ProducesProblem(404);
}
