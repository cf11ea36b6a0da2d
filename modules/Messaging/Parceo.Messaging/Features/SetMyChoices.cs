using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Whether others see what one has read and that one is connected, who hides it does not see it of others; and which key sends.</summary>
internal static class SetMyChoices
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(bool ShowsReading, bool ShowsPresence, bool EnterSends = false) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(MessagingDb db, ICurrentUser user) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var profile = await db.Profiles.SingleOrDefaultAsync(p => p.PersonId == user.Id, ct)
                ?? db.Profiles.Add(new Profile(user.Id)).Entity;
            profile.Choose(command.ShowsReading, command.ShowsPresence, command.EnterSends);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("me/choices", async (Command command, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(command, ct);
                return TypedResults.NoContent();
            })
            .WithName("SetMyChoices")
            .WithSummary("Whether others see one's reading and presence, and which key sends");
}
