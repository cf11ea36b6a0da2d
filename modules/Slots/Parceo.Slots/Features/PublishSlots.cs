using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>A professional, or somebody who acts for them, offers a slot or a range with n places to regulators.</summary>
internal static class PublishSlots
{
    /// <param name="PractitionerId">Directory id of the professional: oneself, or one acts for.</param>
    /// <param name="ActivityId">Where: one of their activities.</param>
    /// <param name="Start">Not past.</param>
    /// <param name="End">5 min to 14 h later.</param>
    /// <param name="Capacity">1–60 patients.</param>
    /// <param name="Mode">Cabinet, téléconsultation or visite.</param>
    /// <param name="Note">For regulators, at most 200 characters, nothing about a patient.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(
        Guid PractitionerId,
        Guid ActivityId,
        DateTimeOffset Start,
        DateTimeOffset End,
        int Capacity,
        Mode Mode,
        string? Note = null
    ) : IRequest<Response>;

    public sealed record Response(Guid RangeId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.End).GreaterThan(c => c.Start).WithMessage("slot_length");
            RuleFor(c => c.Capacity).InclusiveBetween(1, SlotRange.MostPlaces).WithMessage("slot_capacity");
            RuleFor(c => c.Mode).IsInEnum().WithMessage("mode_invalid");
            RuleFor(c => c.Note).PlainText("note_invalid", 200);
        }
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct)
        {
            if (!user.ActFor(SlotsPermissions.Publish, request.PractitionerId))
                throw new ForbiddenException("not_own_agenda");
            return Task.CompletedTask;
        }
    }

    public sealed class Handler(SlotsDb db, Agendas agendas, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var calendar = await agendas.CalendarAt(command.PractitionerId, command.ActivityId, ct);
            var now = clock.GetUtcNow();
            var range = new SlotRange(
                ids.New(),
                calendar,
                command.Start,
                command.End,
                command.Capacity,
                command.Mode,
                command.Note,
                user.Id,
                now
            );
            await RefuseOverlap(command, ct);
            if (range.SharesLeft(await agendas.Accepted(command.PractitionerId, range.Start, range.End, ct)) == 0)
                throw new ConflictException("slot_promised");
            db.Ranges.Add(range);
            await agendas.Refresh(command.PractitionerId, [range], ct);
            db.Publish(
                new RangePublished(
                    range.Id,
                    range.PractitionerId,
                    range.CalendarId,
                    range.Departement,
                    range.Start,
                    range.End,
                    range.Capacity,
                    range.CommuneCode,
                    range.Skill
                ),
                range.Id
            );
            audit.About("slot_range", range.Id);
            return new Response(range.Id);
        }

        private async Task RefuseOverlap(Command command, CancellationToken ct)
        {
            // Two publications of one professional meet on this row's version, so the look below is never outdated.
            (await agendas.Agenda(command.PractitionerId, ct)).Touch();
            var earliest = command.Start - SlotRange.Longest;
            if (
                await db.Ranges.AnyAsync(
                    r =>
                        r.PractitionerId == command.PractitionerId
                        && r.ClosedAt == null
                        && (r.HiddenBy & Hidden.Outside) == 0
                        && r.Start > earliest
                        && r.Start < command.End
                        && r.End > command.Start,
                    ct
                )
            )
                throw new ConflictException("slot_overlap");
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("ranges", async (Command body, ISender sender, CancellationToken ct) =>
            {
                var published = await sender.Send(body, ct);
                return TypedResults.Created($"/api/slots/ranges/{published.RangeId}", published);
            })
            .WithName("PublishSlots")
            .WithSummary("Publish a slot or a range")
            .ProducesProblem(403)
            .ProducesProblem(409);
}
