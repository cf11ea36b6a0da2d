using MediatR;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Features;

/// <summary>Answers <see cref="Contracts.FindSender"/>.</summary>
internal static class FindSender
{
    public sealed class Handler(SecureMailDb db, OperatorSettings settings, TrustedDomains domains)
        : IRequestHandler<Contracts.FindSender, SenderFound>
    {
        public async Task<SenderFound> Handle(Contracts.FindSender request, CancellationToken ct)
        {
            if (!settings.IsConfigured)
                return new(null, "mail_no_operator");
            if (domains.All.Count == 0)
                return new(null, "mail_no_domains");
            return await SendSecureMail.Sender(db, request.OrganisationId, ct) is { } box
                ? new(box.Address, null)
                : new(null, "mail_no_mailbox");
        }
    }
}
