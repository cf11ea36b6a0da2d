using System.Globalization;
using Microsoft.AspNetCore.Components;
using Parceo.Notifications.Features;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Notifications.Pages;

/// <summary>The person's notices, devices and preferences. The page only sends requests.</summary>
public partial class Notices(TimeProvider clock, IEnumerable<NoticeSubject> subjects)
{
    private IReadOnlyList<ListNotices.View> notices = [];
    private ShowSettings.Response settings = new([], null, null, [], [], false);
    private string? next;
    private string? toast;

    [SupplyParameterFromQuery(Name = "suite")]
    private string? Suite { get; set; }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load(); // before an act too: a form that is not drawn cannot be posted

    /// <inheritdoc/>
    protected override async Task Load()
    {
        var page = await Sender.Send(new ListNotices.Query(30, PageCursor.OrFirst(Suite)));
        (notices, next) = (page.Notices, page.Next);
        settings = await Sender.Send(new ShowSettings.Query());
    }

    private async Task Open()
    {
        var id = Guid.TryParse(Form["avis"], out var read) ? read : Guid.Empty;
        if (await Send(new ReadNotices.Command(id)) is { Link: { } link })
            Go(link);
        await Load();
    }

    private async Task ReadAll()
    {
        await Sender.Send(new ReadNotices.Command(null));
        toast = "Tout est marqué lu.";
        await Load();
    }

    private async Task Forget()
    {
        try
        {
            if (Guid.TryParse(Form["appareil"], out var id))
                await Sender.Send(new ForgetDevice.Command(id));
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
        TimeOnly? Hour(string name) => TimeOnly.TryParse(Form[name], CultureInfo.InvariantCulture, out var t) ? t : null;
        var request = new SetPreferences.Command(
            [.. subjects.Select(s => s.Name).Except(Form["sujet"].Select(s => s ?? ""))],
            Hour("de"),
            Hour("a"),
            [.. Form["courriel"].Select(s => s ?? "")]
        );
        await Send(request, "de");
        if (Errors.Count == 0)
            toast = "Enregistré.";
        await Load();
    }

    private string When(DateTimeOffset at)
    {
        var (day, today) = (LocalTime.DayOf(at, Call.Rights.Zone), LocalTime.DayOf(clock.GetUtcNow(), Call.Rights.Zone));
        return day == today ? FrenchText.Hour(at, Call.Rights.Zone)
            : day == today.AddDays(-1) ? "hier"
            : FrenchText.Day(day);
    }

    private static string? Time(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A notice may be older than the module that told it.</summary>
    private string IconOf(string subject) => subjects.FirstOrDefault(s => s.Name == subject)?.Icon ?? "bell";
}
