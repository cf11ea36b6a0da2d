using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>« Disponible pour une sollicitation jusqu’à… »; without an end: no longer.</summary>
internal static class SetPresence
{
    /// <param name="Until">Within 24 hours; null ends it.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid PractitionerId, DateTimeOffset? Until) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PractitionerId).NotEmpty().WithMessage("effector_unknown");
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(Agendas agendas, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (command.Until is not null)
                await agendas.CalendarsOf(command.PractitionerId, ct);
            (await agendas.Agenda(command.PractitionerId, ct)).BePresent(command.Until, clock.GetUtcNow());
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("presence", async (Command body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(body, ct);
                return TypedResults.NoContent();
            })
            .WithName("SetPresence")
            .WithSummary("Available for a solicitation until")
            .ProducesProblem(403);
}
