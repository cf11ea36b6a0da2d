using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Features;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Notifications.Pages;

/// <summary>The person's notices, devices and preferences. The page only sends requests.</summary>
public partial class Notices(ISender sender, NavigationManager navigation, ErrorTexts texts, TimeProvider clock, ICurrentUser user)
{
    private IReadOnlyList<ListNotices.View> notices = [];
    private IReadOnlyList<FieldError> errors = [];
    private ShowSettings.Response settings = new([], null, null, [], [], false);
    private string? next;
    private string? toast;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "suite")]
    private string? Suite { get; set; }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load(); // before an act too: a form that is not drawn cannot be posted

    private async Task Load()
    {
        var page = await sender.Send(new ListNotices.Query(30, PageCursor.OrFirst(Suite)));
        (notices, next) = (page.Notices, page.Next);
        settings = await sender.Send(new ShowSettings.Query());
    }

    private async Task Open()
    {
        try
        {
            if (!Guid.TryParse(Http.Request.Form["avis"], out var id))
                throw new NotFoundException("notice_unknown");
            var link = (await sender.Send(new ReadNotices.Command(id))).Link!;
            navigation.NavigateTo(link);
        }
        catch (NotFoundException refused)
        {
            errors = [new FieldError("", texts.Of(refused.Code))];
            await Load();
        }
    }

    private async Task ReadAll()
    {
        await sender.Send(new ReadNotices.Command(null));
        toast = "Tout est marqué lu.";
        await Load();
    }

    private async Task Forget()
    {
        try
        {
            if (Guid.TryParse(Http.Request.Form["appareil"], out var id))
                await sender.Send(new ForgetDevice.Command(id));
            toast = "Appareil retiré.";
        }
        catch (NotFoundException)
        {
            toast = "Cet appareil était déjà retiré.";
        }
        await Load();
    }

    private async Task Save()
    {
        var form = Http.Request.Form;
        TimeOnly? Hour(string name) => TimeOnly.TryParse(form[name], CultureInfo.InvariantCulture, out var t) ? t : null;
        try
        {
            await sender.Send(
                new SetPreferences.Command(
                    [.. NoticeSubjects.All.Except(form["sujet"].Select(s => s ?? ""))],
                    Hour("de"),
                    Hour("a"),
                    [.. form["courriel"].Select(s => s ?? "")]
                )
            );
            toast = "Enregistré.";
        }
        catch (RefusalException refused) when (refused.BelongsToForm)
        {
            errors = [.. refused.Codes.Select(c => new FieldError("de", texts.Of(c)))];
        }
        await Load();
    }

    private string When(DateTimeOffset at)
    {
        var (local, today) = (LocalTime.In(at, user.Rights.Zone), LocalTime.In(clock.GetUtcNow(), user.Rights.Zone).Date);
        return local.Date == today ? local.ToString("HH 'h' mm", CultureInfo.InvariantCulture)
            : local.Date == today.AddDays(-1) ? "hier"
            : local.ToString("d MMMM", CultureInfo.CurrentCulture);
    }

    private static string? Time(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string LabelOf(string subject) =>
        subject switch
        {
            NoticeSubjects.Solicitation => "Une sollicitation",
            NoticeSubjects.Agenda => "Mon agenda et les issues à noter",
            NoticeSubjects.Report => "Un retour à écrire ou à lire",
            NoticeSubjects.Message => "Un message non lu",
            NoticeSubjects.Mail => "Un message MSSanté",
            _ => "Les gardes et les échanges",
        };

    private static string IconOf(string subject) =>
        subject switch
        {
            NoticeSubjects.Solicitation => "bell-ringing",
            NoticeSubjects.Message => "messages",
            NoticeSubjects.Agenda => "calendar",
            NoticeSubjects.Report => "file-text",
            NoticeSubjects.Mail => "mail",
            _ => "calendar-event",
        };
}
