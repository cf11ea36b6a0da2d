using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// A link with which a member chooses a new password, made for them by an administrator of their organisation; a second factor
/// stays (S3). An account is whole, and whoever holds the link can take it: where somebody works elsewhere too, no single
/// organisation makes one, they ask for it themselves.
/// </summary>
internal static class HandResetLink
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid PersonId) : IRequest<Response>;

    /// <param name="Token">Of the link, 30 minutes, shown this once.</param>
    /// <param name="Email">Where it goes when mail leaves the house.</param>
    public sealed record Response(string Token, string Email);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PersonId).NotEmpty();
    }

    public sealed class Handler(
        AccessDb db,
        Workplaces workplaces,
        RecentProof recent,
        ICurrentUser user,
        IIds ids,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            if (command.PersonId == user.Id)
                throw new ForbiddenException("not_for_yourself");
            var person = await db.Claim(command.PersonId, ct);
            var places = await workplaces.Of(command.PersonId, ct);
            if (person is null || person.DisabledAt is not null || !places.Contains(user.OrganisationId))
                throw new NotFoundException("person_unknown");
            if (places.Any(o => o != user.OrganisationId))
                throw new ForbiddenException("account_elsewhere");
            var secret = Secrets.Text(RandomNumberGenerator.GetBytes(32));
            db.Links.Add(OneTimeLink.Reset(ids.New(), Secrets.Hash(secret), person.Email!, person.Id, clock.GetUtcNow()));
            note.About("person", person.Id);
            return new Response(secret, person.Email!);
        }
    }
}
