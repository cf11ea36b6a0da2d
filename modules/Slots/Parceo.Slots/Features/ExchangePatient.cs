using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Slots.Data;
using Parceo.Slots.Services;
using Command = Parceo.Slots.Contracts.ExchangePatient.Command;

namespace Parceo.Slots.Features;

/// <summary>What the orientation knows of the patient comes to its live booking, and what the booking knows goes back.</summary>
internal static class ExchangePatient
{
    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OrientationId).NotEmpty().WithMessage("orientation_missing");
    }

    public sealed class Handler(SlotsDb db, SlotChanges changes, PatientSeal seal) : IRequestHandler<Command, PatientSheet>
    {
        public async Task<PatientSheet> Handle(Command c, CancellationToken ct)
        {
            var booking = await db.Bookings.SingleOrDefaultAsync(
                b => b.OrganisationId == c.OrganisationId && b.OrientationId == c.OrientationId && b.Place != null,
                ct
            );
            if (booking is null)
                return c.Known;
            var all = seal.Open(booking).Merge(c.Known);
            changes.Know(booking, all, booking.SealedReason is null ? c.Reason : null);
            return all;
        }
    }
}
