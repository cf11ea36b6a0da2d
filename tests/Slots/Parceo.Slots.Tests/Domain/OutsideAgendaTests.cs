using System.Diagnostics;
using System.Net;
using System.Text;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Web;
using Parceo.Slots.Domain;
using Parceo.Slots.Outside;

namespace Parceo.Slots.Tests.Domain;

/// <summary>What an outside agenda says (S45, S46), and what of a range it leaves.</summary>
internal sealed class OutsideAgendaTests
{
    private const string Paris = "Europe/Paris",
        Reunion = "Indian/Reunion";
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    private static string Ics(params string[] events) =>
        string.Join(
            "\r\n",
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//test//FR",
                .. events.Select((e, i) => $"BEGIN:VEVENT\r\nUID:{i}\r\nDTSTAMP:20261101T000000Z\r\n{e}\r\nEND:VEVENT"),
                "END:VCALENDAR",
                "",
            ]
        );

    private static IcsReading ReadAll(string text, string zone = Paris) =>
        IcsBusyTimes.Read(Encoding.UTF8.GetBytes(text), zone, Now, CancellationToken.None);

    private static IEnumerable<string> Read(string text, string zone = Paris) => Words(ReadAll(text, zone));

    private static IEnumerable<string> Words(IcsReading reading) =>
        reading.Times.Select(t => $"{t.Start.UtcDateTime:MM-dd HH:mm}/{t.End.UtcDateTime:MM-dd HH:mm}");

    private static string Refusal(string text)
    {
        try
        {
            ReadAll(text);
        }
        catch (InvalidException refused)
        {
            return refused.Errors["address"][0];
        }
        return "";
    }

    [TestCase("DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z", "11-24 09:00/11-24 10:00", TestName = "UTC")]
    [TestCase(
        "DTSTART;TZID=Europe/Paris:20261124T090000\r\nDURATION:PT1H30M",
        "11-24 08:00/11-24 09:30",
        TestName = "a zone and a duration"
    )]
    [TestCase(
        "DTSTART;TZID=Romance Standard Time:20261124T090000\r\nDTEND;TZID=Romance Standard Time:20261124T100000",
        "11-24 08:00/11-24 09:00",
        TestName = "a zone as Outlook writes it"
    )]
    [TestCase("DTSTART:20261124T090000\r\nDTEND:20261124T100000", "11-24 08:00/11-24 09:00", TestName = "no zone: the professional's")]
    [TestCase("DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261126", "11-23 23:00/11-25 23:00", TestName = "whole days")]
    [TestCase("DTSTART;VALUE=DATE:20261124", "11-23 23:00/11-24 23:00", TestName = "one day without an end")]
    [TestCase("DTSTART:20261123T050000Z\r\nDTEND:20261123T080000Z", "11-23 05:00/11-23 08:00", TestName = "under way")]
    public void Times_are_read(string e, string time) => Assert.That(Read(Ics(e)), Is.EqualTo(new[] { time }));

    [Test]
    public void Local_hours_hold_over_the_change_of_clock_and_there_is_none_in_Reunion()
    {
        const string e = "DTSTART;TZID={0}:20270327T090000\r\nDTEND;TZID={0}:20270327T100000\r\nRRULE:FREQ=DAILY;COUNT=2";
        Assert.That(
            Read(Ics(string.Format(System.Globalization.CultureInfo.InvariantCulture, e, Paris))),
            Is.EqualTo(new[] { "03-27 08:00/03-27 09:00", "03-28 07:00/03-28 08:00" })
        );
        Assert.That(
            Read(Ics(string.Format(System.Globalization.CultureInfo.InvariantCulture, e, Reunion))),
            Is.EqualTo(new[] { "03-27 05:00/03-27 06:00", "03-28 05:00/03-28 06:00" })
        );
        Assert.That(Read(Ics("DTSTART;VALUE=DATE:20261124"), Reunion), Is.EqualTo(new[] { "11-23 20:00/11-24 20:00" }));
    }

    [Test]
    public void A_recurrence_with_an_exception_and_a_moved_date() =>
        Assert.That(
            Read(
                string.Join(
                    "\r\n",
                    "BEGIN:VCALENDAR",
                    "VERSION:2.0",
                    "PRODID:x",
                    "BEGIN:VEVENT",
                    "UID:a",
                    "DTSTAMP:20261101T000000Z",
                    "DTSTART:20261124T090000Z",
                    "DTEND:20261124T100000Z",
                    "RRULE:FREQ=WEEKLY;COUNT=4",
                    "EXDATE:20261201T090000Z",
                    "END:VEVENT",
                    "BEGIN:VEVENT",
                    "UID:a",
                    "DTSTAMP:20261101T000000Z",
                    "RECURRENCE-ID:20261208T090000Z",
                    "DTSTART:20261208T140000Z",
                    "DTEND:20261208T150000Z",
                    "END:VEVENT",
                    "END:VCALENDAR",
                    ""
                )
            ),
            Is.EqualTo(new[] { "11-24 09:00/11-24 10:00", "12-08 14:00/12-08 15:00", "12-15 09:00/12-15 10:00" })
        );

    [TestCase("TRANSP:TRANSPARENT"), TestCase("STATUS:CANCELLED"), TestCase("X-MICROSOFT-CDO-BUSYSTATUS:FREE")]
    public void What_says_free_is_left_out(string line) =>
        Assert.That(Read(Ics($"DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\n{line}")), Is.Empty);

    [Test]
    public void What_is_over_or_beyond_24_months_is_left_out_and_what_touches_is_one() =>
        Assert.That(
            Read(
                Ics(
                    "DTSTART:20261123T040000Z\r\nDTEND:20261123T050000Z",
                    "DTSTART:20281201T090000Z\r\nDTEND:20281201T100000Z",
                    "DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z",
                    "DTSTART:20261124T093000Z\r\nDTEND:20261124T110000Z"
                )
            ),
            Is.EqualTo(new[] { "11-24 09:00/11-24 11:00" })
        );

    private static IEnumerable<TestCaseData> Hostile()
    {
        yield return new TestCaseData("<html>connectez-vous</html>", "ics_unreadable").SetArgDisplayNames("not a calendar");
        yield return new TestCaseData(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:hier\r\nEND:VEVENT\r\nEND:VCALENDAR",
            "ics_unreadable"
        ).SetArgDisplayNames("a date that is none");
        yield return new TestCaseData(
            Ics("DTSTART:20261124T090000Z\r\nDTEND:20261124T090001Z\r\nRRULE:FREQ=SECONDLY"),
            "ics_too_frequent"
        ).SetArgDisplayNames("every second");
        yield return new TestCaseData(
            Ics("DTSTART:20261124T090000Z\r\nDTEND:20261124T090001Z\r\nRRULE:FR\r\n EQ=HOURLY"),
            "ics_too_frequent"
        ).SetArgDisplayNames("every hour, folded");
        yield return new TestCaseData(
            Ics("DTSTART;TZID=Mars/Olympus:20261124T090000\r\nDTEND;TZID=Mars/Olympus:20261124T100000"),
            "ics_zone_unknown"
        ).SetArgDisplayNames("an unknown zone");
        yield return new TestCaseData(
            Ics([
                .. Enumerable
                    .Range(0, 4)
                    .Select(i => $"DTSTART:2026112{4 + i}T0{i}0000Z\r\nDTEND:2026112{4 + i}T0{i}3000Z\r\nRRULE:FREQ=DAILY"),
            ]),
            "ics_too_large"
        ).SetArgDisplayNames("more than 2,000 occurrences");
        yield return new TestCaseData(Ics([.. Enumerable.Repeat("DTSTART:20261124T090000Z", 5_001)]), "ics_too_large").SetArgDisplayNames(
            "more than 5,000 components"
        );
        yield return new TestCaseData(
            Ics("DTSTART:20261124T090000Z\r\nDESCRIPTION:" + new string('x', IcsBusyTimes.LargestBytes)),
            "ics_too_large"
        ).SetArgDisplayNames("more than 1 MiB");
    }

    [TestCaseSource(nameof(Hostile))]
    public void S46_What_would_cost_too_much_or_cannot_be_read_is_refused(string text, string code) =>
        Assert.That(Refusal(text), Is.EqualTo(code));

    [
        TestCase("127.0.0.1"),
        TestCase("10.1.2.3"),
        TestCase("172.20.0.1"),
        TestCase("192.168.1.1"),
        TestCase("169.254.169.254"),
        TestCase("100.64.0.1"),
        TestCase("0.0.0.0"),
        TestCase("224.0.0.1"),
        TestCase("255.255.255.255"),
        TestCase("::1"),
        TestCase("::"),
        TestCase("fe80::1"),
        TestCase("fc00::1"),
        TestCase("fd12::1"),
        TestCase("ff02::1"),
        TestCase("::ffff:127.0.0.1"),
        TestCase("::ffff:10.0.0.1"),
        TestCase("64:ff9b::7f00:1"),
        TestCase("2002:7f00:1::"),
        TestCase("2001::1"),
        TestCase("2001:db8::1")
    ]
    public void S45_Addresses_of_our_own_networks_are_never_called(string address) =>
        Assert.That(Outbound.IsPublic(IPAddress.Parse(address)), Is.False);

    [TestCase("8.8.8.8"), TestCase("172.32.0.1"), TestCase("2a00:1450:4007:80c::200e"), TestCase("::ffff:8.8.8.8")]
    public void S45_Public_addresses_are(string address) => Assert.That(Outbound.IsPublic(IPAddress.Parse(address)), Is.True);

    [
        TestCase(1, 0, 5, true, TestName = "five minutes of a single slot"),
        TestCase(1, -30, 0, false, TestName = "up to its start"),
        TestCase(1, 60, 90, false, TestName = "from its end"),
        TestCase(4, 0, 44, false, TestName = "all but one share of a range of four"),
        TestCase(4, 0, 46, true, TestName = "more than that"),
        TestCase(4, -600, 600, true, TestName = "the whole day")
    ]
    public void A_range_hides_when_less_than_one_patients_share_is_left(int capacity, int from, int to, bool hidden)
    {
        var range = Given.Range(Given.Calendar(), Now, capacity, inHours: 2, lastsHours: 1);
        var busy = new Period(range.Start.AddMinutes(from), range.Start.AddMinutes(to));
        range.Hide(Hidden.No, range.SharesLeft([busy, busy]));
        Assert.That(range.HiddenBy == Hidden.Busy, Is.EqualTo(hidden));
    }

    [Test]
    public void A_range_of_four_with_three_booked_and_half_its_time_busy_takes_no_fourth()
    {
        var range = Given.Range(Given.Calendar(), Now, 4, inHours: 2, lastsHours: 1);
        var busy = new Period(range.Start, range.Start.AddMinutes(30));
        void Book() =>
            range.Book(
                Guid.CreateVersion7(),
                Guid.CreateVersion7(),
                Guid.CreateVersion7(),
                "57-1",
                new PatientTraits(34, Sex.Male, null, null),
                Now
            );
        Book();
        range.Hide(Hidden.No, range.SharesLeft([busy]));
        Assert.That((range.PlacesLeft, range.Open), Is.EqualTo((1, true)), "two patients fit in half an hour");
        Book();
        Assert.That((range.PlacesLeft, range.Open), Is.EqualTo((0, false)));
        Assert.That(Assert.Throws<ConflictException>(Book)!.Code, Is.EqualTo("slot_full"));
        range.Hide(Hidden.No, range.SharesLeft([]));
        Book();
        range.Hide(Hidden.No, range.SharesLeft([busy]));
        Assert.That(
            (range.PlacesLeft, range.Open, range.IsAway),
            Is.EqualTo((0, false, false)),
            "three are booked: no fourth, and they still come"
        );
        Assert.That(Assert.Throws<ConflictException>(Book)!.Code, Is.EqualTo("slot_full"));
    }
}
