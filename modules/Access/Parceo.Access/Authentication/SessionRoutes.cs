using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Web;

namespace Parceo.Access.Authentication;

/// <summary>The forms and questions that are no pages: leaving, switching organisation, the challenges of passkeys.</summary>
internal static class SessionRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/deconnexion", Leave).AllowAnonymous().OfAnyOrganisation().ExcludeFromDescription();
        routes.MapPost("/organisation", Switch).OfAnyOrganisation().ExcludeFromDescription();
        routes.MapPost("/connexion/cle", AskForPasskey).AllowAnonymous().RequireRateLimiting(Limits.SignIn).ExcludeFromDescription();
        routes.MapPost("/compte/cle", AskForNewPasskey).ExcludeFromDescription();
    }

    // IFormCollection as a parameter makes the anti-forgery check of forms apply (S40).
    private static async Task<IResult> Leave(IFormCollection form, HttpContext http, ISender sender, CancellationToken ct)
    {
        await sender.Send(new SignOut.Command(), ct);
        await http.SignOutAsync(ParceoClaims.CookieScheme);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Results.LocalRedirect("/connexion");
    }

    private static async Task<IResult> Switch(
        [FromForm] Guid organisation,
        [FromForm] string? returnUrl,
        ISender sender,
        CancellationToken ct
    )
    {
        await sender.Send(new SwitchOrganisation.Command(organisation), ct);
        // Not back to a page of the other organisation, whose address may hold its things.
        return Results.LocalRedirect(
            LocalPath.Of(returnUrl?.Split('?')[0]) is "/compte" or UnsentForms.Path ? returnUrl!.Split('?')[0] : "/"
        );
    }

    private static async Task<IResult> AskForPasskey(
        IFormCollection form,
        HttpContext http,
        IPasskeyHandler<Person> passkeys,
        PasskeyStates states
    )
    {
        // Without naming anybody: the authenticator says whose passkey it has (S5).
        var options = await passkeys.MakeRequestOptionsAsync(null, http);
        states.Keep(http, options.AssertionState!);
        return Results.Text(options.RequestOptionsJson, "application/json");
    }

    private static async Task<IResult> AskForNewPasskey(
        IFormCollection form,
        HttpContext http,
        IPasskeyHandler<Person> passkeys,
        PasskeyStates states,
        ICurrentUser user,
        ISender sender,
        CancellationToken ct
    )
    {
        var account = await sender.Send(new ShowAccount.Query(), ct);
        var options = await passkeys.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = user.Id.ToString(),
                Name = account.Email,
                DisplayName = account.Name,
            },
            http
        );
        states.Keep(http, options.AttestationState!);
        return Results.Text(options.CreationOptionsJson, "application/json");
    }
}
