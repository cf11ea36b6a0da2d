using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Features;

/// <summary>Answers <see cref="Contracts.CheckSecureAddress"/>.</summary>
internal static class CheckSecureAddress
{
    public sealed class Validator : AbstractValidator<Contracts.CheckSecureAddress>
    {
        public Validator() => RuleFor(q => q.Address).MaximumLength(254).WithMessage("mail_address_invalid");
    }

    public sealed class Handler(SecureMailDb db, OperatorSettings settings, TrustedDomains domains, ICurrentUser user)
        : IRequestHandler<Contracts.CheckSecureAddress, SecureAddressChecked>
    {
        public async Task<SecureAddressChecked> Handle(Contracts.CheckSecureAddress query, CancellationToken ct)
        {
            if (!settings.IsConfigured)
                return Nothing("mail_no_operator");
            if (domains.All is not { Count: > 0 } trusted)
                return Nothing("mail_no_domains");
            // Never a person's box (no session of theirs lasts), and an organisation's only for those it lets send.
            var from = await db
                .Mailboxes.Where(b =>
                    b.OrganisationId == user.OrganisationId
                    && b.ClosedAt == null
                    && (b.Kind == MailboxKind.App || (b.Kind == MailboxKind.Org && b.Members.Any(m => m.PersonId == user.Id && m.MaySend)))
                )
                .OrderBy(b => b.Members.Any(m => m.PersonId == user.Id && m.MaySend) ? 0 : 1)
                .ThenBy(b => b.Address)
                .Select(b => b.Address)
                .FirstOrDefaultAsync(ct);
            if (from is null)
                return Nothing("mail_no_mailbox");
            if (query.Address is null)
                return new(from, null, null, null);
            if (MssAddress.Parse(query.Address) is not { } to)
                return new(from, null, null, "mail_address_invalid");
            if (MssAddress.Refusal(to, trusted) is { } refused)
                return new(from, null, null, refused);
            return new(from, to, await db.Book.Where(a => a.Address == to).Select(a => a.Name).SingleOrDefaultAsync(ct) ?? to, null);
        }

        private static SecureAddressChecked Nothing(string reason) => new(null, null, null, reason);
    }
}
