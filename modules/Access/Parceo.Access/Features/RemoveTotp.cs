using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Removes the authenticator app; a passkey must remain where a second factor is needed (S3, S10).</summary>
internal static class RemoveTotp
{
    [OpenToSignedIn("One's own second factor.")]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(AccessDb db, RecentProof recent, Factors factors, Passwords passwords, ICurrentUser user, AuditNote note)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var person = await db.People.SingleAsync(p => p.Id == user.Id, ct);
            await recent.Demand(ct);
            await factors.DemandAnother(await db.Passkeys.CountAsync(k => k.UserId == user.Id, ct), ct);
            person.RemoveTotp();
            await passwords.EndAccess(person, user.SessionId, ct);
            note.About("person", user.Id);
            return Unit.Value;
        }
    }
}
