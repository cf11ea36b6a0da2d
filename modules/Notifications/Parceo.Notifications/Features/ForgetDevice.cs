using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Notifications.Features;

/// <summary>A browser is not woken any more.</summary>
internal static class ForgetDevice
{
    [OpenToSignedIn("One's own devices.")]
    public sealed record Command(Guid DeviceId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(NotificationsDb db, ICurrentUser user, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            db.Devices.Remove(
                await db.Devices.SingleOrDefaultAsync(d => d.Id == command.DeviceId && (user.IsSystem || d.PersonId == user.Id), ct)
                    ?? throw new NotFoundException("device_unknown")
            );
            audit.About("device", command.DeviceId);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("devices/{deviceId:guid}/forget", async (Guid deviceId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(deviceId), ct);
                return TypedResults.NoContent();
            })
            .WithName("ForgetDevice")
            .WithSummary("Wakes this browser no more")
            .ProducesProblem(404);
}
