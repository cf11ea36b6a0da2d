using System.Globalization;
using Microsoft.AspNetCore.Components;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Ui;

namespace Parceo.Slots.Pages;

/// <summary>The page only sends requests; which agendas it may show comes from the caller's rights.</summary>
public partial class MySlots(NavigationManager navigation, TimeProvider clock, IIds ids, IEnumerable<MenuEntry> menu)
{
    private static readonly Choice[] Modes =
    [
        new("Cabinet", "Cabinet"),
        new("Teleconsultation", "Téléconsultation"),
        new("Visite", "Visite"),
    ];
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15),
        Soon = TimeSpan.FromMinutes(5); // what begins sooner no regulator can fill

    private const int Farthest = 730; // days from today that a page shows or takes
    private const int Offered = 3;

    private IReadOnlyList<Practitioner> people = [];
    private Practitioner? current;
    private IReadOnlyList<ListAgenda.RangeView> ranges = [];
    private IReadOnlyList<BookingView> missing = [];
    private IReadOnlyList<Choice> starts = [];
    private Entry entry = new("", "", null, 20, 1, "", "Cabinet", "");
    private PatientPost? refused;
    private ToastModel? toast;
    private bool week,
        own,
        mayRecord;
    private DateOnly from,
        today;
    private DateTimeOffset now;
    private string zone = "";

    private sealed record Entry(
        string Day,
        string Start,
        string? Other,
        int Minutes,
        int Capacity,
        string Activity,
        string Mode,
        string Note
    );

    [SupplyParameterFromQuery(Name = "pour")]
    private string? For { get; set; }

    [SupplyParameterFromQuery(Name = "jour")]
    private string? DayText { get; set; }

    [SupplyParameterFromQuery(Name = "vue")]
    private string? View { get; set; }

    private IIds Ids => ids;

    /// <summary>Where reports to the médecin traitant are written, when the module is there and this person has it: one tap from « Venu ».</summary>
    private string? Reports => menu.FirstOrDefault(e => e.Href == "/soins-non-programmes/retours" && e.Permissions.Any(User.Can))?.Href;
    private string Address => navigation.ToAbsoluteUri(navigation.Uri).PathAndQuery;
    private IReadOnlyList<Choice> Places =>
        [.. current!.Activities.Select(a => new Choice(a.Id.ToString(), a.Structure ?? a.Address ?? a.CommuneName ?? "Cabinet"))];
    private IReadOnlyList<Segment> Agendas => [.. people.Select(p => new Segment(p.Name, Href(p.Id, from, week), p.Id == current?.Id))];
    private IReadOnlyList<Segment> Periods =>
        [new("Jour", Href(current?.Id, from, false), !week), new("Semaine", Href(current?.Id, from, true), week)];
    private IEnumerable<BookingView> Bookings => ranges.SelectMany(r => r.Bookings);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!User.Can(SlotsPermissions.Publish))
            throw new ForbiddenException();
        now = clock.GetUtcNow();
        people =
        [
            .. (await Sender.Send(new GetPractitioners.Query(Call.Rights.PractitionersFor(SlotsPermissions.Publish)))).OrderBy(
                p => p.Name,
                FrenchText.ByName
            ),
        ];
        current = people.FirstOrDefault(p => p.Id.ToString() == For) ?? (people.Count > 0 ? people[0] : null);
        own = !Call.Rights.Roles.Contains(Roles.Delegate);
        zone = French.ZoneOf(current, Call.Rights);
        today = LocalTime.DayOf(now, zone);
        from = DateOnly.TryParseExact(DayText, "yyyy-MM-dd", out var d) && Math.Abs(d.DayNumber - today.DayNumber) <= Farthest ? d : today;
        week = View == "semaine";
        await Load(); // before an act too: a form that is not drawn cannot be posted
        Propose();
    }

    /// <summary>What the form for one slot more begins with.</summary>
    private void Propose()
    {
        var next = NextStarts();
        starts = [.. next.Select(t => t.ToString("HH:mm", CultureInfo.InvariantCulture)).Select(t => new Choice(t, t))];
        entry = entry with { Day = Iso(from <= today ? DateOnly.FromDateTime(next[0]) : from), Start = starts[0].Value, Other = null };
    }

    /// <inheritdoc/>
    protected override async Task Load()
    {
        if (current is null)
            return;
        mayRecord = Call.Rights.PractitionersFor(SlotsPermissions.RecordOutcome).Contains(current.Id);
        var (start, end) = (LocalTime.StartOfDay(from, zone), LocalTime.StartOfDay(from.AddDays(week ? 7 : 1), zone));
        var page = await Sender.Send(new ListAgenda.Query(current.Id, start, end, 500));
        var all = page.Ranges.ToList();
        while (page.Next is { } next)
            all.AddRange((page = await Sender.Send(new ListAgenda.Query(current.Id, start, end, 500, next))).Ranges);
        ranges = all;
        // Of the days before; those of the days shown are asked for in their own line.
        missing = mayRecord
            ? [.. (await Sender.Send(new ListMissingOutcomes.Query(current.Id))).Where(b => !Bookings.Any(x => x.Id == b.Id))]
            : [];
    }

    private async Task AddNow()
    {
        if (current is null)
            return;
        await Try(async _ =>
        {
            var added = await Sender.Send(new AddSlotNow.Command(current.Id));
            toast = new ToastModel(
                $"Publié : {FrenchText.Hour(added.Start, added.Zone)} à {FrenchText.Hour(added.End, added.Zone)}.",
                Address,
                new Dictionary<string, string> { ["_handler"] = "actes", ["retirer"] = added.RangeId.ToString() }
            );
        });
        await Load();
    }

    private async Task Act()
    {
        var form = Http.Request.Form;
        if (PatientPost.Of(form) is { } patient)
        {
            refused = patient;
            if (await Try(async _ => await Sender.Send(patient.Command)))
                (refused, toast) = (null, new ToastModel("Identité gardée. La régulation la voit aussi."));
            await Load();
            return;
        }
        await Try(async _ =>
        {
            if (Given.Id(form["venu"]) is { } came)
                await Outcome(came, "fulfilled", "Noté : venu.", "absent", "Plutôt absent");
            else if (Given.Id(form["absent"]) is { } missed)
                await Outcome(missed, "noshow", "Noté : absent.", "venu", "Plutôt venu");
            else if (Given.Id(form["retirer"]) is { } range)
            {
                await Sender.Send(new CloseRange.Command(range));
                toast = new ToastModel("Créneau retiré. Les patients déjà réservés restent attendus.");
            }
        });
        await Load();
    }

    private async Task Outcome(Guid booking, string outcome, string message, string other, string instead)
    {
        await Sender.Send(new RecordOutcome.Command(booking, outcome));
        toast = new ToastModel(message, Address, new Dictionary<string, string> { ["_handler"] = "actes", [other] = booking.ToString() })
        {
            Instead = instead,
        };
    }

    private async Task Publish()
    {
        var form = Http.Request.Form;
        int Whole(string name, int otherwise) => int.TryParse(form[name], CultureInfo.InvariantCulture, out var n) ? n : otherwise;
        entry = new(
            form["jour"].ToString(),
            form["debut"].ToString(),
            form["autre"].ToString(),
            Whole("duree", 20),
            Whole("places", 1),
            form["lieu"].ToString(),
            form["mode"].ToString(),
            form["note"].ToString()
        );
        var time = string.IsNullOrWhiteSpace(entry.Other) ? entry.Start : entry.Other;
        if (current is null)
            return;
        var done = false;
        await Try(async _ =>
        {
            if (
                !DateOnly.TryParseExact(entry.Day, "yyyy-MM-dd", out var day)
                || Math.Abs(day.DayNumber - today.DayNumber) > Farthest
                || entry.Minutes is < 0 or > 1440
                || !TimeOnly.TryParse(time, CultureInfo.InvariantCulture, out var at)
            )
                throw InvalidException.Of("start", "slot_time");
            var activity = Given.Id(entry.Activity)
                ?? current.Activities.Select(a => (Guid?)a.Id).FirstOrDefault()
                ?? throw InvalidException.Of("activityId", "activity_unknown");
            var place = current.Activities.FirstOrDefault(a => a.Id == activity);
            var start = LocalTime.At(day, at, Zones.OfDepartement(place?.Departement, zone));
            var published = await Sender.Send(
                new PublishSlots.Command(
                    current.Id,
                    activity,
                    start,
                    start.AddMinutes(entry.Minutes),
                    entry.Capacity,
                    Enum.TryParse<Mode>(entry.Mode, out var mode) ? mode : Mode.Cabinet,
                    entry.Note
                )
            );
            toast = new ToastModel(
                "Publié. Les régulateurs le voient.",
                Address,
                new Dictionary<string, string> { ["_handler"] = "actes", ["retirer"] = published.RangeId.ToString() }
            );
            entry = entry with { Note = "" };
            done = true;
        });
        await Load();
        if (done)
            Propose(); // that start is taken now
    }

    /// <summary>The next quarters of an hour that are not offered yet, local, at most three and all of one day: just before midnight, of tomorrow.</summary>
    private List<DateTime> NextStarts()
    {
        var soon = LocalTime.In(now + Soon, zone).DateTime;
        var quarters = Enumerable
            .Range(0, 96)
            .Select(i => new DateTime(((soon.Ticks - 1) / Quarter.Ticks * Quarter.Ticks) + ((i + 1) * Quarter.Ticks)));
        var free = quarters
            .Where(t => !ranges.Any(r => !r.Closed && LocalTime.In(r.Start, zone).DateTime <= t && t < LocalTime.In(r.End, zone).DateTime))
            .ToList();
        return [.. free.Where(t => t.Date == free[0].Date).Take(Offered)];
    }

    private static string Href(Guid? practitioner, DateOnly day, bool wholeWeek) =>
        $"/soins-non-programmes/creneaux?pour={practitioner}&jour={Iso(day)}{(wholeWeek ? "&vue=semaine" : "")}";

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "start" => "debut",
            "end" => "duree",
            "capacity" => "places",
            "activityId" => "lieu",
            "note" => "note",
            "mode" => "mode",
            _ => refused?.FieldOf(member) ?? "",
        };
}
