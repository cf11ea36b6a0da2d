using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Ends the session that asks, and what it gave to programs.</summary>
internal static class SignOut
{
    [OpenToAnyone("Ends one's own session; nothing to do when signed out.")]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(AccessDb db, Authorizations authorizations, ICurrentUser user, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (await db.Sessions.SingleOrDefaultAsync(s => s.Id == user.SessionId && s.EndedAt == null, ct) is not { } session)
                return Unit.Value;
            session.End(clock.GetUtcNow());
            await authorizations.EndWith(session.PersonId, session.Id, ct);
            note.About("session", session.Id);
            return Unit.Value;
        }
    }
}
