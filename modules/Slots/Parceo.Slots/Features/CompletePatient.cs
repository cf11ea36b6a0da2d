using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>Says who a booked patient is, as soon as somebody knows (D14): the regulators who booked, or who receives. Both see it at once, and who said it.</summary>
internal static class CompletePatient
{
    /// <param name="Name">As the caller says it; blank when it is not known after all.</param>
    /// <param name="Phone">To call back; blank when it is not known after all.</param>
    /// <param name="Seen">What they saw when they began to write: what somebody else said meanwhile is not lost.</param>
    /// <param name="Reason">Why they come, when the regulators say so after the booking; null leaves it.</param>
    [Requires(SlotsPermissions.RecordOutcome)]
    public sealed record Command(Guid BookingId, string? Name, string? Phone, PatientContact? Seen = null, ReasonChange? Reason = null)
        : IRequest<Unit>;

    /// <param name="Said">At most 2,000 characters; blank takes it away.</param>
    /// <param name="Seen">What they saw when they began to write.</param>
    public sealed record ReasonChange(string? Said, string? Seen)
    {
        /// <summary>What is new; null when nothing is.</summary>
        public string? New => Words(Said) == Words(Seen) ? null : Words(Said);

        /// <summary>Whether somebody else changed it meanwhile.</summary>
        public bool Missed(string? now) => New is { } mine && Words(now) != Words(Seen) && Words(now) != mine;

        private static string Words(string? text) => text?.ReplaceLineEndings("\n").Trim() ?? "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).PlainText("patient_name_invalid", 200);
            RuleFor(c => c.Phone).Phone();
            RuleFor(c => c.Reason).Must(r => TextRules.IsText(r?.Said, 2000)).WithMessage("booking_reason_invalid");
        }
    }

    public sealed class Handler(SlotsDb db, SlotChanges changes, PatientSeal seal, CallContext user, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var booking = await changes.Booking(command.BookingId, ct);
            if (!SlotChanges.ActsOn(booking, user))
                throw new ForbiddenException("not_own_agenda");
            if (booking.State == BookingState.Cancelled)
                throw new ConflictException("booking_closed");
            audit.About("booking", booking.Id, booking.CaseReference);
            var (before, said) = (seal.Open(booking), new PatientContact(command.Name, command.Phone));
            var reason = command.Reason?.New;
            if (reason is not null && booking.OrganisationId != user.OrganisationId)
                throw new ForbiddenException("reason_of_regulators");
            if (before.ChangedSince(said, command.Seen) || command.Reason?.Missed(seal.Reason(booking)) == true)
                throw new ConflictException("patient_changed");
            changes.Know(booking, before.Say(said, command.Seen, await Caller(booking, ct), clock.GetUtcNow()), reason);
            return Unit.Value;
        }

        /// <summary>As people read who said it.</summary>
        private async Task<string> Caller(Booking booking, CancellationToken ct)
        {
            if (!user.ActFor(SlotsPermissions.RecordOutcome, booking.PractitionerId))
                return SlotChanges.Regulators;
            var name = await db.Calendars.Where(c => c.Id == booking.CalendarId).Select(c => c.Name).SingleAsync(ct);
            return user.OnBehalfOf is null ? name : $"Secrétariat de {name}";
        }
    }

    public sealed record Body(string? Name = null, string? Phone = null, PatientContact? Seen = null, ReasonChange? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("bookings/{bookingId:guid}/patient", async (Guid bookingId, Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(bookingId, body.Name, body.Phone, body.Seen, body.Reason), ct);
                return TypedResults.NoContent();
            })
            .WithName("CompletePatient")
            .WithSummary("Say who a booked patient is")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
