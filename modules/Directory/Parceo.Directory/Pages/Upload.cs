using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Parceo.Directory.Contracts;
using Parceo.Directory.Features;
using Parceo.Directory.Import;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Platform.Web;

namespace Parceo.Directory.Pages;

/// <summary>Takes the form of the import page: who may, then how large, then the file, then the request.</summary>
internal static class Upload
{
    /// <summary>A national file is below 1 GB.</summary>
    private const long Largest = 2L * 1024 * 1024 * 1024;

    public static async Task<IResult> Take(
        HttpContext http,
        ICurrentUser user,
        IAntiforgery antiforgery,
        IRecentProof proof,
        ISender sender,
        ImportQueue queue,
        IIds ids,
        Uploads uploads
    )
    {
        if (!user.Can(DirectoryPermissions.Import))
        {
            // Before a byte of the file is read.
            throw new ForbiddenException();
        }
        try
        {
            // Before the file too: it may take longer to come than a proof is good for.
            await proof.Demand(http.RequestAborted);
        }
        catch (ForbiddenException refusal) when (refusal.Code == "step_up_needed")
        {
            return Results.Redirect("/confirmer?retour=%2Fadministration%2Fannuaire");
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Largest;
        }
        // A small form was read already, by the check of its text: its body is gone, and what was read of it is all there is.
        if (http.Features.Get<IFormFeature>()?.Form is null)
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = Largest }));
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            throw new ForbiddenException("cross_origin");
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await PageOrganisation.Refuses(http, form))
            return Results.StatusCode(StatusCodes.Status409Conflict);
        if (form.Files["fichier"] is not { Length: > 0 } file)
        {
            return Back("import_empty");
        }

        var path = uploads.NewPath(ids.New());
        try
        {
            await using (var target = File.Create(path))
            {
                await file.CopyToAsync(target, http.RequestAborted);
            }
            var name = Path.GetFileName(file.FileName);
            var departements = form["departements"].ToString().Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
            var run = await sender.Send(
                new StartImport.Command(
                    path,
                    name.Length > 200 ? name[..200] : name,
                    departements,
                    form["forcer"] == "true",
                    form["motif"]
                ),
                http.RequestAborted
            );
            queue.Add(run, path);
            return Back(null);
        }
        catch (RefusalException refusal)
        {
            File.Delete(path);
            return Back((refusal as InvalidException)?.Errors.Values.FirstOrDefault()?.FirstOrDefault() ?? refusal.Code);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static IResult Back(string? error) => Results.Redirect("/administration/annuaire" + (error is null ? "" : "?erreur=" + error));
}
