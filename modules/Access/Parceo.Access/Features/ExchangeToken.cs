using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;
using Parceo.Access.Data;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Traces what the token endpoint answered, to whom (S31): a program's sign-in, a refresh, or their refusal.</summary>
internal static class ExchangeToken
{
    /// <param name="ClientId">As the program gave it.</param>
    /// <param name="Subject">Person, or the client itself; null when it was refused before anybody was known.</param>
    /// <param name="Error">OAuth error code; null when tokens were given.</param>
    [Audited, OpenToAnyone("Changes nothing: OpenID Connect's own checks came before, and this notes what they said.")]
    public sealed record Command(string ClientId, Guid? Subject, string? Error) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ClientId).NotEmpty().MaximumLength(100);
    }

    public sealed class Handler(AccessDb db, AuditNote note) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (command.Subject is { } subject)
                note.About(await db.People.AnyAsync(p => p.Id == subject, ct) ? "person" : "api_client", subject);
            else if (
                await db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>()
                    .Where(a => a.ClientId == command.ClientId)
                    .Select(a => (Guid?)a.Id)
                    .SingleOrDefaultAsync(ct) is
                { } client
            )
                note.About("api_client", client);
            if (command.Error is { } error)
                note.Refused(error);
            return Unit.Value;
        }
    }
}
