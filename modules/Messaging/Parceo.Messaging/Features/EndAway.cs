using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>One is no longer away.</summary>
internal static class EndAway
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(MessagingDb db, ICurrentUser user) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            (await db.Profiles.SingleOrDefaultAsync(p => p.PersonId == user.Id, ct))?.EndAway();
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("me/back", async (ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(), ct);
                return TypedResults.NoContent();
            })
            .WithName("EndAway")
            .WithSummary("No longer away");
}
