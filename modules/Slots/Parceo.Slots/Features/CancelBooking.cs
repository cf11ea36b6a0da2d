using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Slots.Contracts;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>Calls a booking off; its place is free at once (D27).</summary>
internal static class CancelBooking
{
    [Requires(SlotsPermissions.Book)]
    public sealed record Command(Guid BookingId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.BookingId).NotEmpty();
    }

    public sealed class Handler(SlotChanges changes, ICurrentUser user, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var booking = await changes.Booking(command.BookingId, ct);
            if (booking.End <= clock.GetUtcNow())
                throw new ConflictException("booking_over"); // what became of it is an outcome, and the practitioner's to say
            await changes.Cancel(booking, user.Id, clock.GetUtcNow(), ct);
            audit.About("booking", booking.Id, booking.CaseReference);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("bookings/{bookingId:guid}/cancel", async (Guid bookingId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(bookingId), ct);
                return TypedResults.NoContent();
            })
            .WithName("CancelBooking")
            .WithSummary("Cancel a booking")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
