using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>A reset link handed over by the administrator of the machine, where no mail leaves it.</summary>
internal static class IssueResetLink
{
    [SystemOnly]
    public sealed record Command(string Email) : IRequest<Response>;

    /// <param name="Token">Of the link, 30 minutes.</param>
    public sealed record Response(string Token);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Email).NotEmpty();
    }

    public sealed class Handler(AccessDb db, IIds ids, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var email = EmailAddress.Normalize(command.Email);
            var person = await db.People.SingleOrDefaultAsync(p => p.NormalizedEmail == email && p.DisabledAt == null, ct)
                ?? throw new NotFoundException("person_unknown");
            var secret = Secrets.Text(RandomNumberGenerator.GetBytes(32));
            db.Links.Add(OneTimeLink.Reset(ids.New(), Secrets.Hash(secret), person.Email!, person.Id, clock.GetUtcNow()));
            note.About("person", person.Id);
            return new Response(secret);
        }
    }
}
