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

/// <summary>Asks a colleague, or whoever wants, to take one's duty, perhaps against one of theirs in the same month (W14).</summary>
internal static class ProposeSwap
{
    /// <param name="ToId">Directory id of the colleague; null for whoever wants, or with <paramref name="ReturnDutyId"/>, whose holder is asked.</param>
    /// <param name="Note">A word to the other, at most 200 characters; nothing about a patient.</param>
    [Requires(RostersPermissions.Take)]
    public sealed record Command(Guid DutyId, Guid? ToId = null, Guid? ReturnDutyId = null, string? Note = null) : IRequest<Response>;

    public sealed record Response(Guid SwapId, string? To);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Note).PlainText("swap_note_invalid", 200);
    }

    public sealed class Handler(RostersDb db, Duties duties, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var (mine, now) = (duties.Mine, clock.GetUtcNow());
            var roster = await db.Own<Roster>()
                .Include(r => r.Duties)
                .SingleOrDefaultAsync(r => r.Edition != null && r.Duties.Any(d => d.Id == c.DutyId), ct)
                ?? throw new NotFoundException("duty_unknown");
            var duty = roster.Of(c.DutyId);
            audit.About("duty", duty.Id);
            if (duty.HolderId is not { } holder || !mine.Contains(holder))
                throw new NotFoundException("duty_unknown");
            if (duty.Start <= now)
                throw new ConflictException("duty_begun");
            if (await db.Swaps.AnyAsync(s => s.DutyId == duty.Id && s.State == SwapState.Proposed, ct))
                throw new ConflictException("swap_exists");
            var to = await Other(c, roster, now, ct);
            var sector = await db.Sectors.AsNoTracking().SingleAsync(s => s.Id == roster.SectorId, ct);
            roster.Touch(); // whoever moves the duty meanwhile found no proposal to end: one of the two looks again
            var swap = new Swap(
                ids.New(),
                duty,
                duty.HolderPhone,
                to,
                c.ReturnDutyId,
                string.IsNullOrWhiteSpace(c.Note) ? null : c.Note.Trim(),
                now
            );
            db.Swaps.Add(swap);
            IReadOnlyList<RosterPerson> asked = to is not null
                ? [to]
                : [.. roster.Duties.Select(d => d.Holder).OfType<RosterPerson>().Where(p => p.Id != holder).DistinctBy(p => p.Id)];
            db.Publish(
                new SwapProposed(
                    swap.Id,
                    duty.Id,
                    swap.OrganisationId,
                    sector.Name,
                    duty.Start,
                    sector.Zone,
                    swap.From,
                    asked,
                    c.ReturnDutyId is { } back ? roster.Of(back).Start : null
                ),
                swap.Id
            );
            return new(swap.Id, to?.Name);
        }

        private async Task<RosterPerson?> Other(Command c, Roster roster, DateTimeOffset now, CancellationToken ct)
        {
            if (c.ReturnDutyId is { } back)
            {
                var other = roster.Of(back);
                if (other.Start <= now)
                    throw new ConflictException("duty_begun");
                return other.Holder is { } holder && (c.ToId is null || c.ToId == holder.Id)
                    ? holder
                    : throw InvalidException.Of("returnDutyId", "swap_return_invalid");
            }
            if (c.ToId is not { } id)
                return null;
            return roster.Duties.Select(d => d.Holder).FirstOrDefault(h => h?.Id == id)
                ?? (await duties.Of(id, ct))?.Who
                ?? throw InvalidException.Of("toId", "duty_person_unknown");
        }
    }

    public sealed record Body(Guid? ToId = null, Guid? ReturnDutyId = null, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("duties/{dutyId:guid}/swaps", async (Guid dutyId, Body b, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(dutyId, b.ToId, b.ReturnDutyId, b.Note), ct))
            )
            .WithName("ProposeSwap")
            .WithSummary("Propose one's duty to a colleague")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
