using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Web;

namespace Parceo.Access.Features;

/// <summary>Works in another of one's organisations from now on, in every tab of the session.</summary>
internal static class SwitchOrganisation
{
    [OpenToSignedIn("One's own session, among one's own organisations.")]
    public sealed record Command(Guid OrganisationId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OrganisationId).NotEmpty();
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var member = await db.Memberships.AnyAsync(
                m =>
                    m.PersonId == user.Id
                    && m.OrganisationId == command.OrganisationId
                    && m.From <= now
                    && (m.Until == null || now < m.Until),
                ct
            );
            if (!member)
                throw new NotFoundException("organisation_unknown");
            // A token stays in the organisation it was made for.
            var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == user.SessionId, ct)
                ?? throw new NotFoundException("session_unknown");
            session.WorkIn(command.OrganisationId);
            (await db.People.SingleAsync(p => p.Id == user.Id, ct)).WorkIn(command.OrganisationId);
            note.About("organisation", command.OrganisationId);
            return Unit.Value;
        }
    }

    public sealed record Body(Guid OrganisationId);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("organisation", async (Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(body.OrganisationId), ct);
                return TypedResults.NoContent();
            })
            .OfAnyOrganisation()
            .WithName("SwitchOrganisation")
            .WithSummary("Works in another of one's organisations.");
}
