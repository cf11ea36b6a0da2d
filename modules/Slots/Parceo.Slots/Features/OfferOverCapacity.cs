using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Events;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>« Vous pouvez m’appeler pour un de plus jusqu’à 18 h » (W1.5); without an end: no longer.</summary>
internal static class OfferOverCapacity
{
    /// <param name="Until">Within 24 hours; null ends it.</param>
    /// <param name="Note">For regulators, at most 200 characters, nothing about a patient.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid PractitionerId, DateTimeOffset? Until, string? Note = null) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Note).PlainText("note_invalid", 200);
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(SlotsDb db, Agendas agendas, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var calendars = await agendas.CalendarsOf(command.PractitionerId, ct);
            (await agendas.Agenda(command.PractitionerId, ct)).OfferOverCapacity(command.Until, command.Note, clock.GetUtcNow());
            db.Publish(
                new AvailabilityChanged(command.PractitionerId, [.. calendars.Select(p => p.Departement).Distinct()]),
                command.PractitionerId
            );
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("over-capacity", async (Command body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(body, ct);
                return TypedResults.NoContent();
            })
            .WithName("OfferOverCapacity")
            .WithSummary("May be called for one more until")
            .ProducesProblem(403);
}
