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
using Parceo.Rosters.Services;

namespace Parceo.Rosters.Features;

/// <summary>Puts somebody on a duty, or nobody. After publication the change is recorded with its reason, and both are told.</summary>
internal static class AssignDuty
{
    /// <param name="PersonId">A professional of the directory, or an account that offered itself in this organisation; null leaves a gap.</param>
    /// <param name="Reason">Needed once the roster is published; at most 200 characters.</param>
    /// <param name="Version">Of the duty as seen.</param>
    [Requires(RostersPermissions.Plan)]
    public sealed record Command(Guid DutyId, Guid? PersonId, string? Reason = null, int? Version = null) : IRequest<Response>;

    /// <param name="Before">Who was on duty, to take it back.</param>
    /// <param name="Version">Of the duty now: whoever takes it back says so, and undoes nothing that somebody else did since.</param>
    public sealed record Response(Guid? Before, string? Name, int Gaps, int Version);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).PlainText("duty_reason_invalid", 200);
    }

    public sealed class Handler(RostersDb db, Duties duties, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var roster = await db.Own<Roster>().Include(r => r.Duties).SingleOrDefaultAsync(r => r.Duties.Any(d => d.Id == c.DutyId), ct)
                ?? throw new NotFoundException("duty_unknown");
            var sector = await db.Own<Sector>().AsNoTracking().SingleAsync(s => s.Id == roster.SectorId, ct);
            audit.About("duty", c.DutyId);
            var (duty, now) = (roster.Of(c.DutyId), clock.GetUtcNow());
            var before = duty.Holder;
            if (before?.Id == c.PersonId)
                return new(before?.Id, before?.Name, roster.Gaps, duty.Version);
            var (who, phone) = c.PersonId is { } id ? await Find(id, c.DutyId, ct) : (null, null);
            if (who is not null)
                await duties.TakeTurn(who.Id, duty, [], ct);
            roster.Assign(
                duty.Id,
                who,
                phone,
                c.Version,
                ids.New(),
                user.Id,
                roster.IsPublished ? await duties.Name(ct) : "",
                c.Reason,
                now
            );
            if (roster.IsPublished)
            {
                await duties.Lapse([duty.Id], null, roster, sector, now, ct);
                db.Publish(
                    new DutyChanged(
                        duty.Id,
                        roster.Id,
                        roster.OrganisationId,
                        sector.Name,
                        duty.Start,
                        sector.Zone,
                        before,
                        who,
                        c.Reason!.Trim()
                    ),
                    duty.Id
                );
            }
            return new(before?.Id, who?.Name, roster.Gaps, duty.Version);
        }

        private async Task<(RosterPerson? Who, string? Phone)> Find(Guid id, Guid duty, CancellationToken ct)
        {
            // An account is known by its offers only: no directory holds an OSNP.
            var offers = await db.Own<Volunteer>()
                .AsNoTracking()
                .Where(v => v.PersonId == id && (v.DutyId == duty || v.IsAccount))
                .OrderByDescending(v => v.At)
                .Take(1)
                .ToListAsync(ct);
            return offers is [var offer]
                ? (offer.Person, offer.Phone)
                : await duties.Of(id, ct) ?? throw InvalidException.Of("personId", "duty_person_unknown");
        }
    }

    public sealed record Body(Guid? PersonId, string? Reason = null, int? Version = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("duties/{dutyId:guid}/holder", async (Guid dutyId, Body b, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(dutyId, b.PersonId, b.Reason, b.Version), ct))
            )
            .WithName("AssignDuty")
            .WithSummary("Put somebody on a duty, or nobody")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
