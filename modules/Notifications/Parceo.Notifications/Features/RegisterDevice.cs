using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;
using Parceo.Notifications.Domain;
using Parceo.Notifications.Push;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Notifications.Features;

/// <summary>A browser may be woken from now on.</summary>
internal static class RegisterDevice
{
    public const int MostDevices = 10;

    /// <param name="Endpoint">What the browser's push manager gave: https, at a known push service (S45).</param>
    /// <param name="Name">As the person recognises it, 1–80 characters.</param>
    [OpenToSignedIn("One's own devices.")]
    public sealed record Command(string Endpoint, string Name) : IRequest<Response>;

    public sealed record Response(Guid DeviceId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(PushServices services)
        {
            RuleFor(c => c.Endpoint).Must(services.Knows).WithMessage("push_service_unknown");
            RuleFor(c => c.Name)
                .Must(n => !string.IsNullOrWhiteSpace(n) && n.Length <= 80 && TextRules.IsLine(n))
                .WithMessage("device_name_invalid");
        }
    }

    public sealed class Handler(NotificationsDb db, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            // An endpoint that was another person's is a browser that changed hands.
            var known = await db.Devices.SingleOrDefaultAsync(d => d.Endpoint == command.Endpoint, ct);
            if (known is not null)
            {
                known.TakeOver(user.Id, command.Name.Trim(), clock.GetUtcNow());
                audit.About("device", known.Id);
                return new Response(known.Id);
            }
            if (await db.Devices.CountAsync(d => d.PersonId == user.Id, ct) >= MostDevices)
                throw new ConflictException("too_many_devices");
            var device = new Device(ids.New(), user.Id, command.Endpoint, command.Name.Trim(), clock.GetUtcNow());
            db.Devices.Add(device);
            audit.About("device", device.Id);
            return new Response(device.Id);
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("devices", async (Command body, ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(body, ct)))
            .WithName("RegisterDevice")
            .WithSummary("Lets Parceo wake this browser")
            .ProducesProblem(400);
        routes
            .MapGet("push-key", (Vapid vapid) => TypedResults.Ok(new PushKey(vapid.PublicKey)))
            .WithName("GetPushKey")
            .WithSummary("The key that a browser subscribes with");
    }

    public sealed record PushKey(string Key);
}
