using FluentValidation;
using MediatR;
using Parceo.Platform;
using Parceo.Slots.Contracts;

namespace Parceo.Slots.Features;

/// <summary>Answers <see cref="Contracts.GetSeenPatient"/> with what <see cref="GetBooking"/> shows its professional.</summary>
internal static class GetSeenPatient
{
    public sealed class Validator : AbstractValidator<Contracts.GetSeenPatient>;

    public sealed class Handler(ISender sender) : IRequestHandler<Contracts.GetSeenPatient, SeenPatient>
    {
        public async Task<SeenPatient> Handle(Contracts.GetSeenPatient request, CancellationToken ct)
        {
            var booking = await sender.Send(new GetBooking.Query(request.BookingId), ct);
            return new SeenPatient(booking.PatientId, booking.Patient, booking.CaseReference, booking.Start, booking.Zone, booking.Reason);
        }
    }
}
