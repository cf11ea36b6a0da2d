using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Access.Authentication;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Access.Pages;

/// <summary>A page with forms: sends requests, shows refusals beside the field they concern, leads to « /confirmer » when a recent proof is needed.</summary>
public abstract class FormPage : ComponentBase
{
    [Inject]
    private ISender Sender { get; set; } = null!;

    [Inject]
    private ErrorTexts Words { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;
    private readonly Dictionary<string, string> errors = [];

    /// <summary>The request.</summary>
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    /// <summary>The person signed in.</summary>
    [Inject]
    protected ICurrentUser User { get; set; } = null!;

    /// <summary>What is to correct, for the summary.</summary>
    protected IReadOnlyList<FieldError> Errors =>
        [.. errors.Select(e => new FieldError(e.Key.Length == 0 ? "" : FieldContext.IdOf(e.Key), e.Value))];

    /// <summary>What was just done.</summary>
    protected string? Done { get; set; }

    /// <summary>Form fields as posted, for lists of boxes.</summary>
    protected IReadOnlyList<string> Posted(string field) =>
        Http.Request.HasFormContentType ? [.. Http.Request.Form[field].OfType<string>()] : [];

    /// <summary>The error of a field, if any.</summary>
    protected string? ErrorOf(string field) => errors.GetValueOrDefault(field);

    /// <summary>Adds an error by its code; an empty field is the whole form.</summary>
    protected void Refuse(string code, string field = "") => errors[field] = Words.Of(code);

    /// <summary>Sends a request that shows something.</summary>
    protected Task<T> Ask<T>(MediatR.IRequest<T> request) => Sender.Send(request, Http.RequestAborted);

    /// <summary>Sends a request that changes something; null when it was refused, and why is then in <see cref="Errors"/>.</summary>
    protected async Task<T?> Send<T>(MediatR.IRequest<T> request, string? done = null)
    {
        try
        {
            var answer = await Sender.Send(request, Http.RequestAborted);
            Done = done;
            return answer;
        }
        catch (RefusalException refusal)
        {
            if (refusal.Code == "step_up_needed")
            {
                Go($"/confirmer?retour={Uri.EscapeDataString(Http.Request.Path + Http.Request.QueryString)}");
                return default;
            }
            if (refusal is InvalidException { Errors.Count: > 0 } invalid)
            {
                foreach (var (field, codes) in invalid.Errors)
                    errors[FieldName(field)] = Words.Of(codes[0]);
            }
            else
            {
                Refuse(refusal.Code);
            }
            return default;
        }
    }

    /// <summary>Goes to another page of this site.</summary>
    protected void Go(string path) => Navigation.NavigateTo(LocalPath.Of(path));

    private static string FieldName(string field)
    {
        var first = field.Split('[')[0];
        return first.Length == 0 ? "" : char.ToUpperInvariant(first[0]) + first[1..];
    }
}
