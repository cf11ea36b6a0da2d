using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Features;

/// <summary>Answers <see cref="Contracts.FindSecureAddresses"/>: the directory knows the national number, the extraction the address.</summary>
internal static class FindSecureAddresses
{
    public sealed class Validator : AbstractValidator<Contracts.FindSecureAddresses>
    {
        public Validator() => RuleFor(q => q.PractitionerIds).Must(i => i is { Count: <= 100 }).WithMessage("mail_too_many_recipients");
    }

    public sealed class Handler(SecureMailDb db, ISender sender, TrustedDomains domains)
        : IRequestHandler<Contracts.FindSecureAddresses, IReadOnlyList<SecureAddress>>
    {
        public async Task<IReadOnlyList<SecureAddress>> Handle(Contracts.FindSecureAddresses query, CancellationToken ct)
        {
            if (query.PractitionerIds.Count == 0)
                return [];
            var people = (await sender.Send(new GetPractitioners.Query(query.PractitionerIds), ct)).ToDictionary(
                p => p.NationalId,
                p => p.Id
            );
            var numbers = people.Keys.ToList();
            var found = await db
                .Book.AsNoTracking()
                .Where(a => a.NationalId != null && numbers.Contains(a.NationalId))
                .OrderBy(a => a.Address)
                .Take(500)
                .ToListAsync(ct);
            var trusted = domains.All; // an empty list is told where somebody is about to write
            return
            [
                .. found
                    .Where(a => trusted.Count == 0 || trusted.Contains(MssAddress.DomainOf(a.Address)))
                    .Select(a => new SecureAddress(people[a.NationalId!], a.Address, a.Structure)),
            ];
        }
    }
}
