using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Parceo.Access.Features;

/// <summary>
/// Registers a client of the API: with redirect addresses it signs people in (code + PKCE, refresh), with a role in an
/// organisation it also works by itself (client credentials).
/// </summary>
internal static class RegisterClient
{
    /// <param name="ClientId">Public name of the client, 3 to 60 of a–z, 0–9 and dashes.</param>
    /// <param name="Name">For people.</param>
    /// <param name="Redirects">Exact addresses it may send people back to.</param>
    /// <param name="Organisation">Name of the organisation it works in by itself.</param>
    /// <param name="Role">What it is there.</param>
    /// <param name="IsPublic">It cannot keep a secret (an application on a device).</param>
    [SystemOnly]
    public sealed record Command(
        string ClientId,
        string Name,
        IReadOnlyList<Uri> Redirects,
        string? Organisation,
        string? Role,
        bool IsPublic
    ) : IRequest<Response>;

    /// <param name="Secret">Shown this once; null for a public client.</param>
    public sealed record Response(string? Secret);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ClientId).Matches("^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$").WithMessage("client_id_invalid");
            RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
            RuleForEach(c => c.Redirects)
                .Must(r => r.IsAbsoluteUri && r.Fragment.Length == 0 && (r.Scheme == Uri.UriSchemeHttps || r.IsLoopback))
                .WithMessage("redirect_invalid");
            RuleFor(c => c.Role).Must(r => r is null || Roles.All.Contains(r)).WithMessage("role_unknown");
            RuleFor(c => c)
                .Must(c => c.Redirects.Count > 0 || (c is { Role: not null, Organisation: not null, IsPublic: false }))
                .WithMessage("client_useless");
        }
    }

    public sealed class Handler(AccessDb db, IOpenIddictApplicationManager applications, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            if (await applications.FindByClientIdAsync(command.ClientId, ct) is not null)
                throw new ConflictException("client_exists");
            var organisation = command.Organisation is null
                ? null
                : await db.Organisations.SingleOrDefaultAsync(o => o.Name == command.Organisation, ct)
                    ?? throw new NotFoundException("organisation_unknown");
            var secret = command.IsPublic ? null : Secrets.Text(RandomNumberGenerator.GetBytes(32));
            // OpenIddict's manager hashes the secret and saves by itself; the row below and the trace follow in the pipeline's save.
            var id = Guid.Parse((await applications.GetIdAsync(await applications.CreateAsync(Describe(command, secret), ct), ct))!);
            if (organisation is not null && command.Role is not null)
                db.Clients.Add(new ApiClient(id, command.Name, organisation.Id, command.Role, clock.GetUtcNow()));
            note.About("api_client", id);
            return new Response(secret);
        }
    }

    internal static OpenIddictApplicationDescriptor Describe(Command command, string? secret)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = command.ClientId,
            ClientSecret = secret,
            DisplayName = command.Name,
            ClientType = command.IsPublic ? ClientTypes.Public : ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
        };
        client.Permissions.UnionWith([Permissions.Endpoints.Token, Permissions.Prefixes.Scope + OpenIdConnect.ApiScope]);
        if (command.Role is not null)
            client.Permissions.Add(Permissions.GrantTypes.ClientCredentials);
        if (command.Redirects.Count == 0)
            return client;
        client.Permissions.UnionWith([
            Permissions.Endpoints.Authorization,
            Permissions.GrantTypes.AuthorizationCode,
            Permissions.GrantTypes.RefreshToken,
            Permissions.ResponseTypes.Code,
        ]);
        client.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        client.RedirectUris.UnionWith(command.Redirects);
        return client;
    }
}
