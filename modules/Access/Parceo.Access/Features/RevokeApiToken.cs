using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Revokes one of one's own API tokens, at once.</summary>
internal static class RevokeApiToken
{
    [OpenToSignedIn("One's own tokens.")]
    public sealed record Command(Guid TokenId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.TokenId).NotEmpty();
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var token = await db.Tokens.SingleOrDefaultAsync(
                t => t.Id == command.TokenId && t.PersonId == user.Id && t.RevokedAt == null,
                ct
            ) ?? throw new NotFoundException("token_unknown");
            token.Revoke(clock.GetUtcNow());
            note.About("api_token", token.Id);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("tokens/{id:guid}/revoke", async (Guid id, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(id), ct);
                return TypedResults.NoContent();
            })
            .WithName("RevokeApiToken")
            .WithSummary("Revokes one of one's own API tokens.");
}
