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

/// <summary>A regulator books a place for a patient (W1.4): on the place held for them, or on a free one.</summary>
internal static class BookSlot
{
    /// <param name="OrientationId">The orientation it answers: at most one live booking each.</param>
    /// <param name="Reason">Why the patient comes, for who receives them; at most 2,000 characters.</param>
    [Requires(SlotsPermissions.Book), Limited(LimitKind.Booking)]
    public sealed record Command(
        Guid RangeId,
        string CaseReference,
        PatientTraits Patient,
        Guid? OrientationId = null,
        string? Reason = null
    ) : IRequest<Response>;

    public sealed record Response(Guid BookingId, DateTimeOffset Start);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CaseReference).CaseNumber("case_reference_invalid", 64);
            RuleFor(c => c.Reason).Must(t => TextRules.IsText(t, 2000)).WithMessage("booking_reason_invalid");
            RuleFor(c => c.Patient).NotNull().WithMessage("patient_missing");
            When(
                c => c.Patient is not null,
                () =>
                {
                    RuleFor(c => c.Patient.Age).InclusiveBetween(0, 130).WithMessage("age_invalid");
                    RuleFor(c => c.Patient.Sex).IsInEnum().WithMessage("sex_invalid");
                    RuleFor(c => c.Patient.Name).PlainText("patient_name_invalid", 200);
                    RuleFor(c => c.Patient.Phone).Phone();
                }
            );
        }
    }

    public sealed class Handler(SlotsDb db, SlotChanges changes, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            if (
                command.OrientationId is { } orientation
                && await db.Bookings.AnyAsync(
                    b => b.OrganisationId == user.OrganisationId && b.OrientationId == orientation && b.Place != null,
                    ct
                )
            )
                throw new ConflictException("orientation_booked");
            var range = await changes.RangeToBook(command.RangeId, ct);
            var booking = range.Book(
                ids.New(),
                user.Id,
                user.OrganisationId,
                command.CaseReference.Trim(),
                command.Patient,
                clock.GetUtcNow(),
                command.OrientationId
            );
            changes.Booked(booking, range, SlotChanges.SaidAtBooking(command.Patient, booking), command.Reason);
            audit.About("booking", booking.Id, booking.CaseReference);
            return new Response(booking.Id, range.Start);
        }
    }

    public sealed record Body(string CaseReference, PatientTraits Patient, Guid? OrientationId = null, string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("ranges/{rangeId:guid}/bookings", async (Guid rangeId, Body body, ISender sender, CancellationToken ct) =>
            {
                var booked = await sender.Send(new Command(rangeId, body.CaseReference, body.Patient, body.OrientationId, body.Reason), ct);
                return TypedResults.Created($"/api/slots/bookings/{booked.BookingId}", booked);
            })
            .WithName("BookSlot")
            .WithSummary("Book a place for a patient")
            .Produces<Response>(201)
            .ProducesProblem(404)
            .ProducesProblem(409);
}
