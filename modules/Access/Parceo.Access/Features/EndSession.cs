using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Ends a session: one's own, or as an administrator that of a member of the organisation (S8).</summary>
internal static class EndSession
{
    [OpenToSignedIn("One's own sessions; those of members for administrators, checked in the handler.")]
    public sealed record Command(Guid SessionId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SessionId).NotEmpty();
    }

    public sealed class Handler(AccessDb db, Authorizations authorizations, ICurrentUser user, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == command.SessionId && s.EndedAt == null, ct);
            if (session is null || !await MayEnd(session.PersonId, ct))
                throw new NotFoundException("session_unknown");
            session.End(clock.GetUtcNow());
            await authorizations.EndWith(session.PersonId, session.Id, ct);
            note.About("session", session.Id);
            return Unit.Value;
        }

        private async Task<bool> MayEnd(Guid owner, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            return owner == user.Id
                || (
                    user.Can(AccessPermissions.ManagePeople)
                    && await db.Memberships.AnyAsync(
                        m =>
                            m.PersonId == owner
                            && m.OrganisationId == user.OrganisationId
                            && m.From <= now
                            && (m.Until == null || now < m.Until),
                        ct
                    )
                );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("sessions/{id:guid}/end", async (Guid id, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(id), ct);
                return TypedResults.NoContent();
            })
            .WithName("EndSession")
            .WithSummary("Ends a session.");
}
