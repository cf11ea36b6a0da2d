using System.Buffers.Text;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Removes one of one's passkeys; another factor must remain where one is needed (S3, S10).</summary>
internal static class RemovePasskey
{
    /// <param name="Id">Credential id, URL-safe base64.</param>
    [OpenToSignedIn("One's own second factor.")]
    public sealed record Command(string Id) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(c => c.Id).NotEmpty().MaximumLength(2000).Must(id => Base64Url.IsValid(id)).WithMessage("passkey_unknown");
    }

    public sealed class Handler(AccessDb db, RecentProof recent, Factors factors, Passwords passwords, ICurrentUser user, AuditNote note)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var person = await db.People.SingleAsync(p => p.Id == user.Id, ct);
            await recent.Demand(ct);
            var id = Base64Url.DecodeFromChars(command.Id);
            var passkey = await db.Passkeys.SingleOrDefaultAsync(k => k.CredentialId == id && k.UserId == user.Id, ct)
                ?? throw new NotFoundException("passkey_unknown");
            var left = await db.Passkeys.CountAsync(k => k.UserId == user.Id, ct) - 1 + (person.HasTotp ? 1 : 0);
            await factors.DemandAnother(left, ct);
            db.Passkeys.Remove(passkey);
            await passwords.EndAccess(person, user.SessionId, ct);
            note.About("person", user.Id);
            return Unit.Value;
        }
    }
}
