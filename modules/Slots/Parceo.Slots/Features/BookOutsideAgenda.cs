using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Services;
using Command = Parceo.Slots.Contracts.BookOutsideAgenda.Command;
using Response = Parceo.Slots.Contracts.BookOutsideAgenda.Response;

namespace Parceo.Slots.Features;

/// <summary>
/// Carries out an accepted solicitation. Two at once meet on the orientation's unique index, and on the professional's agenda
/// when they are about two patients; the second look finds the first's booking. In the same transaction the professional's
/// own slots of that time go off offer: a booking of one under way meets its new version and looks again.
/// </summary>
internal static class BookOutsideAgenda
{
    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.OrientationId).NotEmpty().WithMessage("orientation_missing");
            RuleFor(c => c.OrganisationId).NotEmpty().WithMessage("orientation_missing");
            RuleFor(c => c.CaseReference).CaseNumber("case_reference_invalid", 64);
            RuleFor(c => c.Minutes).InclusiveBetween(5, 840).WithMessage("slot_length");
            RuleFor(c => c.Mode).IsInEnum().WithMessage("mode_invalid");
            RuleFor(c => c.Patient.Age).InclusiveBetween(0, 130).WithMessage("age_invalid");
            RuleFor(c => c.Patient.Sex).IsInEnum().WithMessage("sex_invalid");
            RuleFor(c => c.Patient.Name).PlainText("patient_name_invalid", 200);
            RuleFor(c => c.Patient.Phone).Phone();
        }
    }

    public sealed class Handler(SlotsDb db, SlotChanges changes, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            // Whole seconds: what every engine keeps, so that a repeated delivery finds its own.
            var start = DateTimeOffset.FromUnixTimeSeconds(c.Start.ToUnixTimeSeconds());
            var lasts = TimeSpan.FromMinutes(c.Minutes);
            // In this order: the version that two acceptances share, what is promised, and last this orientation's own booking,
            // which is among the promises when another delivery was faster.
            var (agenda, promised) = await changes.AgendaAt(c.PractitionerId, start, lasts, ct);
            var before = await db
                .Bookings.AsNoTracking()
                .Where(b => b.OrganisationId == c.OrganisationId && b.OrientationId == c.OrientationId)
                .ToListAsync(ct);
            // Cancelled meanwhile or not: a repeated delivery books nobody again.
            if (before.Find(b => b.PractitionerId == c.PractitionerId && b.CalendarId == c.CalendarId && b.Start == start) is { } same)
                return new Response(same.Id, same.RangeId, same.Start);
            if (before.Exists(b => b.State != BookingState.Cancelled))
                throw new ConflictException("orientation_booked");

            var calendar = await db.Calendars.SingleOrDefaultAsync(x => x.Id == c.CalendarId && x.PractitionerId == c.PractitionerId, ct)
                ?? throw new NotFoundException("effector_unknown");
            if (promised)
                throw new ConflictException("effector_busy");
            var (range, booking) = SlotRange.Outside(
                ids.New(),
                calendar,
                start,
                lasts,
                c.Mode,
                ids.New(),
                c.RegulatorId,
                c.OrganisationId,
                c.CaseReference.Trim(),
                c.Patient,
                c.OrientationId,
                clock.GetUtcNow()
            );
            await changes.BookedOutside(agenda, booking, range, c.Known ?? SlotChanges.SaidAtBooking(c.Patient, booking), c.Reason, ct);
            audit.About("booking", booking.Id, booking.CaseReference);
            return new Response(booking.Id, range.Id, range.Start);
        }
    }
}
