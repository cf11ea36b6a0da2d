using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Access.Authentication;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Takes back all that a program may do for oneself, at once.</summary>
internal static class RevokeAuthorizations
{
    [OpenToSignedIn("One's own.")]
    public sealed record Command(Guid ApplicationId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ApplicationId).NotEmpty();
    }

    public sealed class Handler(Authorizations authorizations, ICurrentUser user, AuditNote note) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var given = (await authorizations.Of(user.Id, ct))
                .Where(g => g.Authorization.Application?.Id == command.ApplicationId)
                .ToList();
            if (given.Count == 0)
                throw new NotFoundException("authorization_unknown");
            given.ForEach(g => Authorizations.End(g.Authorization));
            note.About("oidc_application", command.ApplicationId);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("authorizations/{applicationId:guid}/revoke", async (Guid applicationId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(applicationId), ct);
                return TypedResults.NoContent();
            })
            .WithName("RevokeAuthorizations")
            .WithSummary("Takes back what a program may do for one.");
}
