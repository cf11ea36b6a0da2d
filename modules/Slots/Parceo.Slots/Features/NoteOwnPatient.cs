using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Data;
using Command = Parceo.Slots.Contracts.NoteOwnPatient.Command;

namespace Parceo.Slots.Features;

/// <summary>Keeps with the booking whether the effector is the patient's own médecin traitant.</summary>
internal static class NoteOwnPatient
{
    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.BookingId).NotEmpty();
    }

    public sealed class Handler(SlotsDb db) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            (await db.Bookings.SingleOrDefaultAsync(b => b.Id == command.BookingId, ct))?.NoteOwnPatient(command.Own);
            return Unit.Value;
        }
    }
}
