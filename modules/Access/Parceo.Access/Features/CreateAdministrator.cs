using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>The first administrator of an organisation (S11): no default account, a one-time invitation made at the command line.</summary>
internal static class CreateAdministrator
{
    /// <param name="Email">Where they sign in.</param>
    /// <param name="Name">First name and name.</param>
    /// <param name="Organisation">Made if it does not exist.</param>
    /// <param name="Kind">Its kind, when it is made.</param>
    /// <param name="Departements">Whole départements of its territory (INSEE codes); unchanged when null.</param>
    [SystemOnly]
    public sealed record Command(
        string Email,
        string Name,
        string Organisation,
        OrganisationKind Kind,
        IReadOnlyList<string>? Departements = null
    ) : IRequest<Response>;

    /// <param name="Token">Of the invitation, shown this once; 72 hours.</param>
    public sealed record Response(string Token);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Email).Must(EmailAddress.IsValid).WithMessage("email_invalid");
            RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
            RuleFor(c => c.Organisation).NotEmpty().MaximumLength(200);
            RuleForEach(c => c.Departements).Must(d => InseeCode.IsDepartement(d)).WithMessage("departement_invalid");
        }
    }

    public sealed class Handler(AccessDb db, IIds ids, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var organisation = await db
                .Organisations.Include(o => o.Communes)
                .Include(o => o.Departements)
                .SingleOrDefaultAsync(o => o.Name == command.Organisation, ct);
            if (organisation is null)
                db.Organisations.Add(organisation = new Organisation(ids.New(), command.Kind, command.Organisation, null, now));
            if (command.Departements is { } departements)
                organisation.Cover([.. organisation.Communes.Select(c => c.Commune)], departements);
            var secret = Secrets.Text(RandomNumberGenerator.GetBytes(32));
            db.Links.Add(
                OneTimeLink.Invitation(
                    ids.New(),
                    Secrets.Hash(secret),
                    command.Email,
                    command.Name,
                    organisation.Id,
                    Roles.Administrator,
                    now
                )
            );
            note.About("organisation", organisation.Id);
            return new Response(secret);
        }
    }
}
