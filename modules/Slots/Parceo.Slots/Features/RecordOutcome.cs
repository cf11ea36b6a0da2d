using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>Says what became of a booking (W1.8, D29): <c>fulfilled</c>, <c>noshow</c> or <c>cancelled</c>.</summary>
internal static class RecordOutcome
{
    [Requires(SlotsPermissions.RecordOutcome)]
    public sealed record Command(Guid BookingId, string Outcome) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Outcome).Must(o => o is "fulfilled" or "noshow" or "cancelled").WithMessage("outcome_unknown");
    }

    public sealed class Handler(SlotsDb db, SlotChanges changes, CallContext user, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var booking = await changes.Booking(command.BookingId, ct);
            if (!SlotChanges.ActsOn(booking, user))
                throw new ForbiddenException("not_own_agenda");
            audit.About("booking", booking.Id, booking.CaseReference);
            if (command.Outcome == "cancelled")
            {
                await changes.Cancel(booking, user.Id, clock.GetUtcNow(), ct);
                return Unit.Value;
            }
            booking.RecordOutcome(
                command.Outcome == "fulfilled" ? BookingState.Fulfilled : BookingState.NoShow,
                user.Id,
                clock.GetUtcNow()
            );
            db.Publish(
                new OutcomeRecorded(
                    booking.RangeId,
                    booking.Id,
                    booking.PractitionerId,
                    booking.CalendarId,
                    booking.OrganisationId,
                    booking.Departement,
                    command.Outcome,
                    booking.OrientationId,
                    booking.ChangedAt,
                    booking.PatientId
                ),
                booking.RangeId
            );
            return Unit.Value;
        }
    }

    public sealed record Body(string Outcome);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("bookings/{bookingId:guid}/outcome", async (Guid bookingId, Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(bookingId, body.Outcome), ct);
                return TypedResults.NoContent();
            })
            .WithName("RecordOutcome")
            .WithSummary("Say whether the patient came")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
