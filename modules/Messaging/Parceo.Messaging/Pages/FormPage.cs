using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Messaging.Pages;

/// <summary>A page with forms: it only sends requests. A form's key makes a double click one deed.</summary>
public abstract class FormPage : ComponentBase
{
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

    /// <summary>What was just done.</summary>
    protected string? Done { get; set; }

    /// <summary>What is to correct.</summary>
    protected IReadOnlyList<FieldError> Errors { get; private set; } = [];

    /// <summary>The form that was posted.</summary>
    protected IFormCollection Form => Http.Request.Form;

    /// <summary>Of a form, once.</summary>
    protected string NewKey() => Ids.New().ToString();

    /// <summary>Reads what the page shows, again after each deed.</summary>
    protected abstract Task Load();

    /// <summary>Sends, then shows the page as it is now; what was refused stands beside the control that <paramref name="field"/> names.</summary>
    protected async Task Do<T>(MediatR.IRequest<T> request, string done, string field = "")
    {
        await Send(request, field);
        if (Errors.Count == 0)
            Done = done;
        await Load();
    }

    /// <summary>Sends; why it was refused is then in <see cref="Errors"/>.</summary>
    protected async Task<T?> Send<T>(MediatR.IRequest<T> request, string field = "")
    {
        Call.IdempotencyKey = Form["cle"].ToString() is { Length: > 0 and <= 100 } key ? key : null;
        try
        {
            return await Sender.Send(request);
        }
        catch (RefusalException refused)
        {
            Refuse(field, refused is InvalidException { Errors.Count: > 0 } invalid ? invalid.Errors.Values.First()[0] : refused.Code);
            return default;
        }
        finally
        {
            Call.IdempotencyKey = null;
        }
    }

    /// <summary>Says what is to correct.</summary>
    protected void Refuse(string field, string code) =>
        Errors = [.. Errors, new FieldError(field.Length == 0 ? "" : FieldContext.IdOf(field), Texts.Of(code))];

    /// <summary>Goes to another page of this site.</summary>
    protected void Go(string path) => Navigation.NavigateTo(path);

    /// <summary>« 23 novembre, 18 h 12 », in the zone of the place.</summary>
    protected string Moment(DateTimeOffset at) =>
        LocalTime
            .In(at, Call.Rights.Zone)
            .ToString("d MMMM, H 'h' mm", CultureInfo.CurrentCulture)
            .Replace(" h ", "\u00A0h\u00A0", StringComparison.Ordinal);

    /// <summary>« 23 novembre 2026 »</summary>
    protected string Day(DateTimeOffset at) => LocalTime.In(at, Call.Rights.Zone).ToString("d MMMM yyyy", CultureInfo.CurrentCulture);
}
