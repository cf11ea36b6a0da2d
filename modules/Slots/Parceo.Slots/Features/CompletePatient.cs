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
    [Requires(SlotsPermissions.RecordOutcome)]
    public sealed record Command(Guid BookingId, string? Name, string? Phone, PatientContact? Seen = null) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).PlainText("patient_name_invalid", 200);
            RuleFor(c => c.Phone).PlainText("phone_invalid", 30);
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
            if (before.ChangedSince(said, command.Seen))
                throw new ConflictException("patient_changed");
            changes.Know(booking, before.Say(said, command.Seen, await Caller(booking, ct), clock.GetUtcNow()));
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

    public sealed record Body(string? Name = null, string? Phone = null, PatientContact? Seen = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("bookings/{bookingId:guid}/patient", async (Guid bookingId, Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(bookingId, body.Name, body.Phone, body.Seen), ct);
                return TypedResults.NoContent();
            })
            .WithName("CompletePatient")
            .WithSummary("Say who a booked patient is")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
