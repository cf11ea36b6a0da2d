using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Registers a program that works in one's organisation by itself, with a role of its own and a recent proof (S10). Whoever
/// watches over the rights is told when the role reaches patients (S25). An application in which people sign in is
/// registered on the server only (<see cref="RegisterClient"/>): where it sends people back to concerns every organisation.
/// </summary>
internal static class RegisterProgram
{
    private const int Most = 50;

    /// <param name="Name">For people.</param>
    /// <param name="Role">What it may do; it never administers.</param>
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(string Name, string Role) : IRequest<Response>;

    /// <param name="Secret">Shown this once.</param>
    public sealed record Response(string ClientId, string Secret);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).NotEmpty().WithMessage("program_name_invalid").PlainText("program_name_invalid", 100);
            RuleFor(c => c.Role).Must(IsForPrograms).WithMessage("program_role_invalid");
        }
    }

    /// <summary>Roles that a program can have: rights over people are for people.</summary>
    public static bool IsForPrograms(string role) =>
        Roles.All.Contains(role) && role is not (Roles.Administrator or Roles.PrivacyOfficer or Roles.Delegate);

    public sealed class Handler(
        AccessDb db,
        IOpenIddictApplicationManager applications,
        RecentProof recent,
        SecondPerson second,
        ICurrentUser user,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            var organisation = await db.Organisations.SingleAsync(o => o.Id == user.OrganisationId, ct);
            organisation.RefuseForeignRole(command.Role);
            // A program of one's own is a second address of one's own: where two have to agree, the operator is the second.
            if (await second.Needed(command.Role, organisation.Id, user.Id, "", ct))
                throw new ForbiddenException("program_needs_operator");
            if (await db.Clients.CountAsync(c => c.OrganisationId == organisation.Id && c.DisabledAt == null, ct) >= Most)
                throw new ConflictException("program_too_many");
            var clientId = $"programme-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
            var secret = Secrets.Text(RandomNumberGenerator.GetBytes(32));
            var client = RegisterClient.Describe(new(clientId, command.Name.Trim(), [], null, command.Role, false), secret);
            // OpenIddict's manager hashes the secret and saves by itself; without the row that follows it can do nothing.
            var id = Guid.Parse((await applications.GetIdAsync(await applications.CreateAsync(client, ct), ct))!);
            db.Clients.Add(new ApiClient(id, command.Name.Trim(), organisation.Id, command.Role, clock.GetUtcNow()));
            if (Roles.IsCare(command.Role))
                db.Publish(new ProgramRegistered(id, organisation.Id, user.Id), organisation.Id);
            note.About("api_client", id);
            return new Response(clientId, secret);
        }
    }
}
