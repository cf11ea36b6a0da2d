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
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>The bound of one's community: no conversation of it is kept longer, whatever its own days, except on legal hold (D17).</summary>
internal static class SetCommunityRetention
{
    /// <param name="Days">7–365.</param>
    [Requires(MessagingPermissions.Hold)]
    public sealed record Command(int Days) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(c => c.Days)
                .InclusiveBetween(CommunityKeeping.Fewest, Conversation.DefaultRetentionDays)
                .WithMessage("community_retention_invalid");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (await db.Keepings.SingleOrDefaultAsync(k => k.OrganisationId == user.OrganisationId, ct) is { } keeping)
                keeping.Keep(command.Days);
            else
                db.Add(new CommunityKeeping(user.OrganisationId, command.Days));
            audit.About("organisation", user.OrganisationId);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("retention", async (Command command, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(command, ct);
                return TypedResults.NoContent();
            })
            .WithName("SetCommunityRetention")
            .WithSummary("For how many days the community's conversations are kept at most");
}
