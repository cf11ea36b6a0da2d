using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>The form that the caller posted last after a session of theirs had ended, within the hour (S77).</summary>
internal static class ShowUnsentForm
{
    [OpenToSignedIn("What one wrote oneself."), Audited]
    public sealed record Query : IRequest<Response>;

    /// <param name="Form">Null when nothing waits.</param>
    public sealed record Response(KeepUnsentForm.Form? Form);

    public sealed class Handler(AccessDb db, FieldCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var kept = await db
                .UnsentForms.AsNoTracking()
                .Where(f => f.PersonId == user.Id && f.Until > now)
                .OrderByDescending(f => f.Until)
                .FirstOrDefaultAsync(ct);
            return new(kept is null ? null : KeepUnsentForm.Open(cipher, kept));
        }
    }
}
