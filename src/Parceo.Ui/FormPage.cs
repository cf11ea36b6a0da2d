using MediatR;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform;
using Parceo.Platform.Web;

namespace Parceo.Ui;

/// <summary>
/// A page with forms: it only sends requests. There is one way to be refused, whatever the reason (wrong, busy, changed
/// meanwhile, no longer allowed): the page is drawn again with all that was typed and says what is wrong above the form, and
/// beside the control that it is about. Where a recent proof is needed it leads to « /confirmer », and what was typed waits there. A form's key (« cle »)
/// makes a double click one act.
/// </summary>
public abstract class FormPage : UiComponent
{
    private readonly List<FieldError> errors = [];

    /// <summary>Sends requests.</summary>
    [Inject]
    protected ISender Sender { get; set; } = null!;

    /// <summary>The caller.</summary>
    [Inject]
    protected CallContext Call { get; set; } = null!;

    /// <summary>Sentences of refusals.</summary>
    [Inject]
    protected ErrorTexts Texts { get; set; } = null!;

    [Inject]
    private IIds Ids { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>The request.</summary>
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    /// <summary>What stands around the page.</summary>
    [CascadingParameter]
    protected ShellModel? Shell { get; set; }

    /// <summary>The caller's rights.</summary>
    protected ICurrentUser User => Call;

    /// <summary>What is to correct, for the summary.</summary>
    protected IReadOnlyList<FieldError> Errors => errors;

    /// <summary>What was just done.</summary>
    protected string? Done { get; set; }

    /// <summary>The form that was posted; empty when the page is only looked at.</summary>
    protected IFormCollection Form => Http.Request.HasFormContentType ? Http.Request.Form : FormCollection.Empty;

    /// <summary>Of a form, once.</summary>
    protected string NewKey() => Ids.New().ToString();

    /// <summary>What was posted for a list of boxes.</summary>
    protected IReadOnlyList<string> Posted(string field) => [.. Form[field].OfType<string>()];

    /// <summary>What is to correct in a control, if anything.</summary>
    protected string? ErrorOf(string field) => errors.Find(e => e.FieldId == FieldContext.IdOf(field))?.Message;

    /// <summary>The control that a member of a request is typed in; empty for the whole form.</summary>
    protected virtual string FieldOf(string member) => "";

    /// <summary>Reads what the page shows.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    /// <summary>Says what is to correct, by its code; without a field it is the whole form.</summary>
    protected void Refuse(string code, string field = "") =>
        errors.Add(new(field.Length == 0 ? "" : FieldContext.IdOf(field), Texts.Of(code)));

    /// <summary>Says what is to correct, in words of the page's own.</summary>
    protected void Refuse(FieldError error) => errors.Add(error);

    /// <summary>What was refused is nothing to correct: the page says it in its own calm words.</summary>
    protected void TakeBackRefusals() => errors.Clear();

    /// <summary>Sends a request that shows something.</summary>
    protected Task<T> Ask<T>(IRequest<T> request) => Sender.Send(request, Http.RequestAborted);

    /// <summary>
    /// Asks something on the way to an act, outside the act's key; nothing is asked when the form comes again and
    /// <typeparamref name="TCommand"/> was done before: its answer is given once more.
    /// </summary>
    protected async Task<T?> AskOnTheWayTo<TCommand, T>(Func<Task<T>> ask)
        where T : class
    {
        if (await Http.RequestServices.GetRequiredService<Platform.Sending.Answered>().Before(typeof(TCommand), Http.RequestAborted))
            return null;
        var key = Call.IdempotencyKey;
        Call.IdempotencyKey = null;
        try
        {
            return await ask();
        }
        finally
        {
            Call.IdempotencyKey = key;
        }
    }

    /// <summary>Runs the act of a posted form; false when it was refused, and why is then in <see cref="Errors"/>.</summary>
    /// <param name="act">Reads the form, sends requests.</param>
    /// <param name="field">The control that any refusal is about; by the member of the request when empty.</param>
    protected async Task<bool> Try(Func<IFormCollection, Task> act, string field = "")
    {
        Call.IdempotencyKey = Form["cle"].ToString() is { Length: > 0 and <= 100 } key ? key : null;
        try
        {
            await act(Form);
            Call.IdempotencyKey = null; // of the act alone: what is asked after it is another request
            if (Shell is not null)
                await Shell.Count();
            return true;
        }
        catch (RefusalException refused) when (refused.Code == "step_up_needed")
        {
            // What was typed comes back after the proof; where nothing may be kept, the page does.
            var kept =
                Http.RequestServices.GetService<IUnsentForms>() is { } forms && await forms.Keep(Http, Call.SessionId)
                    ? "/reprendre"
                    : null;
            Go($"/confirmer?retour={Uri.EscapeDataString(kept ?? Http.Request.Path + Http.Request.QueryString)}");
            return false;
        }
        catch (RefusalException refused) when (refused.BelongsToForm)
        {
            if (refused is InvalidException { Errors.Count: > 0 } invalid)
            {
                foreach (var (member, code) in invalid.Errors.SelectMany(e => e.Value.Distinct().Select(code => (e.Key, code))))
                    Refuse(code, field.Length > 0 ? field : FieldOf(member));
            }
            else
            {
                Refuse(refused.Code, field);
            }
            return false;
        }
        finally
        {
            Call.IdempotencyKey = null;
        }
    }

    /// <summary>Sends a request that changes something; null when it was refused, and why is then in <see cref="Errors"/>.</summary>
    protected async Task<T?> Send<T>(IRequest<T> request, string field = "", string? done = null)
    {
        T? answer = default;
        if (await Try(async _ => answer = await Sender.Send(request), field))
            Done = done;
        return answer;
    }

    /// <summary>Sends, then shows the page as it is now.</summary>
    protected async Task<T?> Do<T>(IRequest<T> request, string done, string field = "")
    {
        var answer = await Send(request, field, done);
        await Load();
        return answer;
    }

    /// <summary>Goes to another page of this site.</summary>
    protected void Go(string path) => Navigation.NavigateTo(path);
}
