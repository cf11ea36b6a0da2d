using Microsoft.AspNetCore.Http;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Rosters.Pages;

/// <summary>What every form of these pages does: its key makes a double click one act, a refusal becomes words.</summary>
internal static class Acts
{
    /// <summary>Runs the act; answers what was refused.</summary>
    /// <param name="fieldOf">Member of the request to control.</param>
    public static async Task<IReadOnlyList<FieldError>> Try(
        CallContext call,
        IFormCollection form,
        ErrorTexts texts,
        Func<IFormCollection, Task> act,
        Func<string, string>? fieldOf = null
    )
    {
        call.IdempotencyKey = form["cle"].ToString() is { Length: > 0 and <= 100 } key ? key : null;
        try
        {
            await act(form);
            return [];
        }
        catch (InvalidException refused)
        {
            return
            [
                .. refused.Errors.SelectMany(e =>
                    e.Value.Distinct().Select(v => new FieldError(fieldOf?.Invoke(e.Key) ?? "", texts.Of(v)))
                ),
            ];
        }
        catch (RefusalException refused) when (refused.BelongsToForm)
        {
            return [new FieldError("", texts.Of(refused.Code))];
        }
        finally
        {
            call.IdempotencyKey = null;
        }
    }
}
