using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Somebody signs in to a program with their session (OpenID Connect). Clients are registered by the administrator of the
/// machine, so no consent is asked; each sign-in is an authorization of its own, which ends with the session that
/// gave it, when its owner takes it back, or changes password or factors (S9).
/// </summary>
internal static class AuthorizeClient
{
    [Audited, OpenToSignedIn("One's own rights, lent to a program that the machine's administrator registered.")]
    public sealed record Command(string ClientId, IReadOnlyList<string> Scopes) : IRequest<Response>;

    public sealed record Response(Guid AuthorizationId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ClientId).NotEmpty().MaximumLength(100);
    }

    public sealed class Handler(
        AccessDb db,
        CredentialCache credentials,
        IOpenIddictApplicationManager applications,
        IOpenIddictAuthorizationManager authorizations,
        ICurrentUser user,
        AuditNote note
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            // The stamp before the session: a new password meanwhile voids the one or has ended the other.
            var stamp = await db.People.Where(p => p.Id == user.Id).Select(p => p.SecurityStamp).SingleOrDefaultAsync(ct);
            if (
                await credentials.Get(user.SessionId, ct) is not { Kind: CredentialKind.Session, MustEnrol: false } credential
                || !await db.Sessions.AnyAsync(s => s.Id == user.SessionId && s.EndedAt == null, ct)
            )
                throw new ForbiddenException("session_needed");
            var application = await applications.FindByClientIdAsync(command.ClientId, ct) ?? throw new NotFoundException("client_unknown");
            var descriptor = new OpenIddictAuthorizationDescriptor
            {
                ApplicationId = await applications.GetIdAsync(application, ct),
                Status = OpenIddictConstants.Statuses.Valid,
                Subject = user.Id.ToString(),
                Type = OpenIddictConstants.AuthorizationTypes.Permanent,
            };
            descriptor.Scopes.UnionWith(command.Scopes);
            descriptor.Properties[AuthorizationNote.Name] = new AuthorizationNote(
                user.OrganisationId,
                credential.FactorAt is not null,
                stamp,
                user.SessionId
            ).ToJson();
            // OpenIddict's manager saves by itself; the trace follows in the pipeline's save, before the code leaves.
            var id = Guid.Parse((await authorizations.GetIdAsync(await authorizations.CreateAsync(descriptor, ct), ct))!);
            note.About("oidc_authorization", id);
            return new Response(id);
        }
    }
}
