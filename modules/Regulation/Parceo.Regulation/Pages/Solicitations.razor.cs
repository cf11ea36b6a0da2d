using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Ui;

namespace Parceo.Regulation.Pages;

/// <summary>The page only sends requests; which professionals it answers for comes from the caller's rights (S20).</summary>
public partial class Solicitations(ISender sender, CallContext call, TimeProvider clock, ErrorTexts texts, IIds ids)
{
    private const int Shown = 30;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);
    private static readonly int[] Soon = [1, 2, 3, 6]; // tens of minutes after the first time
    private IReadOnlyList<ReceivedInvitation> open = [],
        past = [];
    private IReadOnlyList<FieldError> errors = [];
    private ToastModel? toast;
    private bool several;
    private DateTimeOffset now;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;
    private IIds Ids => ids;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        now = clock.GetUtcNow();
        var all = (await sender.Send(new ListInvitations.Query(Shown))).Invitations;
        several = call.Rights.PractitionersFor(RegulationPermissions.Answer).Count > 1;
        open = [.. all.Where(x => x.State == InvitationState.Sent && x.Deadline > now).OrderBy(x => x.Deadline)];
        past = [.. all.Where(x => !open.Contains(x))];
    }

    private async Task Answer()
    {
        var form = Http.Request.Form;
        call.IdempotencyKey = form["cle"].ToString() is { Length: > 0 and <= 100 } key ? key : null;
        try
        {
            if (
                Parts(form["accepter"]) is (var accepted, var at)
                && long.TryParse(at, CultureInfo.InvariantCulture, out var ticks)
                && ticks > 0
                && ticks < DateTimeOffset.MaxValue.UtcTicks
            )
            {
                await sender.Send(new AcceptInvitation.Command(accepted, new DateTimeOffset(ticks, TimeSpan.Zero)));
                toast = new ToastModel("Accepté. Le régulateur prévient le patient.");
            }
            else if (
                Parts(form["decliner"]) is (var declined, var why)
                && Enum.TryParse<DeclineReason>(why, out var reason)
                && Enum.IsDefined(reason)
            )
            {
                await sender.Send(new DeclineInvitation.Command(declined, reason));
                toast = new ToastModel("Noté. Merci d’avoir répondu.");
            }
        }
        catch (RefusalException refused) when (refused.BelongsToForm)
        {
            errors = [.. refused.Codes.Select(code => new FieldError("", texts.Of(code)))];
        }
        call.IdempotencyKey = null;
        await Load();
    }

    /// <summary>A round time a quarter of an hour from now: soon, but no later than the patient should be seen.</summary>
    private DateTimeOffset FirstTime(ReceivedInvitation x)
    {
        var round = new DateTimeOffset((now.UtcTicks / Step.Ticks * Step.Ticks) + (2 * Step.Ticks), TimeSpan.Zero);
        return round < x.WantedBefore ? round : now.AddMinutes(5);
    }

    /// <summary>Soon by ten minutes, then by the hour, as long as the patient may wait; nobody is offered the middle of the night.</summary>
    private IEnumerable<DateTimeOffset> Times(ReceivedInvitation x)
    {
        var first = FirstTime(x);
        var hour = new DateTimeOffset(
            (first.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour) + TimeSpan.TicksPerHour,
            TimeSpan.Zero
        );
        var last = x.WantedBefore < now + Wanted.Snp ? x.WantedBefore : now + Wanted.Snp;
        return Soon.Select(n => first + (n * Step))
            .Concat(Enumerable.Range(1, 47).Select(n => hour.AddHours(n)).Where(t => LocalTime.In(t, x.Zone).Hour is >= 8 and <= 20))
            .Where(t => t <= last)
            .Distinct()
            .Take(24);
    }

    private static (Guid Id, string Text)? Parts(string? text) =>
        text?.Split('|') is [var id, var rest] && Guid.TryParse(id, out var invitation) ? (invitation, rest) : null;

    private static string Capital(string text) =>
        string.Concat(char.ToUpper(text[0], CultureInfo.CurrentCulture).ToString(), text.AsSpan(1));
}
