using System.Globalization;
using Microsoft.AspNetCore.Components;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Ui;

namespace Parceo.Regulation.Pages;

/// <summary>The page only sends requests; which professionals it answers for comes from the caller's rights (S20).</summary>
public partial class Invitations(TimeProvider clock, IIds ids)
{
    private const int Shown = 30;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);
    private static readonly int[] Soon = [1, 2, 3, 6]; // tens of minutes after the first time
    private IReadOnlyList<ReceivedInvitation> open = [],
        past = [];
    private ToastModel? toast;
    private bool several;
    private DateTimeOffset now;

    private IIds Ids => ids;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load();

    /// <inheritdoc/>
    protected override async Task Load()
    {
        now = clock.GetUtcNow();
        var all = (await Sender.Send(new ListInvitations.Query(Shown))).Invitations;
        several = Call.Rights.PractitionersFor(RegulationPermissions.Answer).Count > 1;
        open = [.. all.Where(x => x.State == InvitationState.Sent && x.Deadline > now).OrderBy(x => x.Deadline)];
        past = [.. all.Where(x => !open.Contains(x))];
    }

    private async Task Answer()
    {
        var form = Http.Request.Form;
        var done = await Try(async _ =>
        {
            if (
                Parts(form["accepter"]) is (var accepted, var at)
                && long.TryParse(at, CultureInfo.InvariantCulture, out var ticks)
                && ticks > 0
                && ticks < DateTimeOffset.MaxValue.UtcTicks
            )
            {
                await Sender.Send(new AcceptInvitation.Command(accepted, new DateTimeOffset(ticks, TimeSpan.Zero)));
                toast = new ToastModel("Accepté. Le régulateur prévient le patient.");
            }
            else if (
                Parts(form["decliner"]) is (var declined, var why)
                && Enum.TryParse<DeclineReason>(why, out var reason)
                && Enum.IsDefined(reason)
            )
            {
                await Sender.Send(new DeclineInvitation.Command(declined, reason));
                toast = new ToastModel("Noté. Merci d’avoir répondu.");
            }
        });
        await Load();
        // Whoever answered a moment later did nothing wrong: no red box, and the row stands among the others.
        if (!done && Parts(form["accepter"]) is (var late, _) && past.Any(x => x.InvitationId == late && x.State == InvitationState.Taken))
        {
            TakeBackRefusals();
            toast = new ToastModel("Déjà accepté par un confrère. Merci d’avoir répondu.");
        }
    }

    /// <summary>A round time a quarter of an hour from now: soon, but no later than the patient should be seen.</summary>
    private DateTimeOffset FirstTime(ReceivedInvitation x)
    {
        var round = new DateTimeOffset((now.UtcTicks / Step.Ticks * Step.Ticks) + (2 * Step.Ticks), TimeSpan.Zero);
        var first = round < x.WantedBefore ? round : now.AddMinutes(5);
        // After those who are expected already; when that never is, refused in a sentence like any other time.
        return Enumerable.Range(0, 12).Select(n => first + (n * Step)).Where(t => IsFree(x, t)).Append(first).First();
    }

    private static bool IsFree(ReceivedInvitation x, DateTimeOffset start) =>
        !x.Promised.Any(p => p.Start < start.AddMinutes(BookOutsideAgenda.UsualMinutes) && p.End > start);

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
            .Where(t => t <= last && IsFree(x, t))
            .Distinct()
            .Take(24);
    }

    private static (Guid Id, string Text)? Parts(string? text) =>
        text?.Split('|') is [var id, var rest] && Guid.TryParse(id, out var invitation) ? (invitation, rest) : null;
}
