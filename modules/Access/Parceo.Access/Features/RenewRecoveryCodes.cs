using MediatR;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Ten fresh recovery codes; the old ones are void (S3, S10).</summary>
internal static class RenewRecoveryCodes
{
    [OpenToSignedIn("One's own recovery codes.")]
    public sealed record Command : IRequest<Response>;

    /// <param name="Codes">Shown this once.</param>
    public sealed record Response(IReadOnlyList<string> Codes);

    public sealed class Handler(AccessDb db, Proofs proofs, RecentProof recent, ICurrentUser user, AuditNote note)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            await db.Claim(user.Id, ct);
            await recent.Demand(ct);
            note.About("person", user.Id);
            return new Response(await proofs.NewRecoveryCodes(user.Id, ct));
        }
    }
}
