using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Web;

namespace Parceo.Access.Authentication;

/// <summary>Keeps what was posted when the session had ended or worked in another organisation, for its writer (S77).</summary>
internal sealed class UnsentForms : IUnsentForms
{
    /// <summary>Where they find it again.</summary>
    public const string Path = "/reprendre";

    public Task<bool> Keep(HttpContext http, Guid sessionId) => KeepPosted(http, sessionId);

    public static async Task<bool> KeepPosted(HttpContext http, Guid sessionId)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType)
            return false;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = form.Where(f => f.Key != "__RequestVerificationToken")
            .SelectMany(f => f.Value.Select(v => new KeepUnsentForm.Field(f.Key, v ?? "")));
        var sender = http.RequestServices.GetRequiredService<ISender>();
        var path = http.Request.Path + http.Request.QueryString;
        try
        {
            return (await sender.Send(new KeepUnsentForm.Command(sessionId, path, [.. fields]), http.RequestAborted)).Kept;
        }
        catch (RefusalException)
        {
            return false; // signing in again, or the right organisation, is what matters
        }
    }
}
