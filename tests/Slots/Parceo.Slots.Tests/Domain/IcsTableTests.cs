using System.Diagnostics;
using System.Text;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Slots.Outside;

namespace Parceo.Slots.Tests.Domain;

/// <summary>Agendas as they are found, each with its right value. In winter Paris is UTC+1: a day begins at 23:00 of the one before.</summary>
internal sealed class IcsTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    private static string File(string content) => $"BEGIN:VCALENDAR\nVERSION:2.0\n{content}\nEND:VCALENDAR\n";

    private static string Event(string lines, string uid = "a") =>
        $"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20261101T000000Z\n{lines}\nEND:VEVENT";

    private static string One(string lines) => File(Event(lines));

    private static IcsReading Read(string text, string zone = "Europe/Paris") => Read(Encoding.UTF8.GetBytes(text), zone);

    private static IcsReading Read(byte[] file, string zone = "Europe/Paris") => IcsBusyTimes.Read(file, zone, Now, CancellationToken.None);

    private static string Words(IcsReading reading) =>
        string.Join(", ", reading.Times.Select(t => $"{t.Start.UtcDateTime:MM-dd HH:mm}/{t.End.UtcDateTime:MM-dd HH:mm}"));

    private static string Zone(string name, string from, string to, string rules = "") =>
        $"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:{from}\nTZOFFSETTO:{to}\nEND:STANDARD\n{rules}END:VTIMEZONE\n";

    private static string European(string name) =>
        $"BEGIN:VTIMEZONE\nTZID:{name}\n"
        + "BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"
        + "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n"
        + "END:VTIMEZONE\n";

    [TestCase("CREATED:00001231T000000Z")]
    [TestCase("LAST-MODIFIED:99999999T999999Z")]
    [TestCase("DTSTAMP:hier")]
    [TestCase("X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"Cabinet, 12: rue\":geo:49.1,6.1")]
    [TestCase("ATTENDEE;CN=Dr;:;:mailto:")]
    [TestCase("GEO:nulle part")]
    [TestCase("PRIORITY:haute")]
    [TestCase("BEGIN:VALARM\nTRIGGER:jamais\nDTSTART:demain\nDURATION:-PX\nEND:VALARM")]
    [TestCase("ligne sans deux-points")]
    [TestCase("CLASS:PRIVATE")]
    [TestCase("STATUS:TENTATIVE")]
    [TestCase("X-MICROSOFT-CDO-BUSYSTATUS:OOF")]
    public void What_says_nothing_about_time_decides_nothing(string line) =>
        Assert.That(Words(Read(One($"{line}\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z"))), Is.EqualTo("11-24 09:00/11-24 10:00"));

    [TestCase("TRANSP:TRANSPARENT")]
    [TestCase("transp:transparent")]
    [TestCase("STATUS:CANCELLED")]
    [TestCase("X-MICROSOFT-CDO-BUSYSTATUS:FREE")]
    [TestCase("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE")]
    public void What_says_free_is_not_busy(string line) =>
        Assert.That(Read(One($"{line}\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z")).Times, Is.Empty);

    [TestCase("Romance Standard Time", "08:00")]
    [TestCase("W. Europe Standard Time", "08:00")]
    [TestCase("europe/paris", "08:00")]
    [TestCase("\"Europe/Paris\"", "08:00")]
    [TestCase("/freeassociation.sourceforge.net/Europe/Paris", "08:00")]
    [TestCase("/mozilla.org/20070129_1/America/Argentina/Buenos_Aires", "12:00")]
    [TestCase("tzone://Microsoft/Utc", "09:00")]
    [TestCase("Indian/Reunion", "05:00")]
    [TestCase("Mauritius Standard Time", "05:00")]
    [TestCase("America/Martinique", "13:00")]
    [TestCase("America/Guadeloupe", "13:00")]
    [TestCase("SA Western Standard Time", "13:00")]
    [TestCase("America/Cayenne", "12:00")]
    [TestCase("Indian/Mayotte", "06:00")]
    [TestCase("America/Miquelon", "12:00")]
    [TestCase("Saint Pierre Standard Time", "12:00")]
    public void Zones_are_known_by_name(string zone, string utc) =>
        Assert.That(
            Words(Read(One($"DTSTART;TZID={zone}:20261124T090000\nDURATION:PT15M"))),
            Is.EqualTo($"11-24 {utc}/11-24 {utc[..3]}15")
        );

    [TestCase("Pacific/Noumea", "11-23 22:00/11-23 22:15")]
    [TestCase("Central Pacific Standard Time", "11-23 22:00/11-23 22:15")]
    [TestCase("Pacific/Tahiti", "11-24 19:00/11-24 19:15")]
    public void Zones_of_the_Pacific_too(string zone, string times) =>
        Assert.That(Words(Read(One($"DTSTART;TZID={zone}:20261124T090000\nDURATION:PT15M"))), Is.EqualTo(times));

    [TestCase("Customized Time Zone", "Customized Time Zone")]
    [TestCase("(UTC+01:00) Brussels\\, Copenhagen\\, Madrid\\, Paris", "\"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris\"")]
    [TestCase("(UTC+01:00) Brussels\\, Copenhagen\\, Madrid\\, Paris", "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris")]
    [TestCase("tzone://Microsoft/Custom", "tzone://Microsoft/Custom")]
    [TestCase("tzone://Microsoft/Custom", "\"tzone://Microsoft/Custom\"")]
    public void A_zone_that_the_file_defines_is_known(string defined, string used)
    {
        var e = Event($"DTSTART;TZID={used}:20270327T090000\nDTEND;TZID={used}:20270327T100000\nRRULE:FREQ=DAILY;COUNT=2");
        Assert.That(Words(Read(File(European(defined) + e))), Is.EqualTo("03-27 08:00/03-27 09:00, 03-28 07:00/03-28 08:00"));
        Assert.That(Words(Read(File(e + "\n" + European(defined)))), Is.EqualTo("03-27 08:00/03-27 09:00, 03-28 07:00/03-28 08:00"));
    }

    [TestCase("20270328T023000", "03-28 01:30", TestName = "the missing hour moves forward")]
    [TestCase("20271031T023000", "10-31 00:30", TestName = "of the doubled hour the first")]
    [TestCase("20271031T033000", "10-31 02:30", TestName = "after it")]
    [TestCase("20270701T120000", "07-01 10:00", TestName = "summer")]
    public void Clocks_change_by_the_files_own_rules_as_by_ours(string local, string utc)
    {
        foreach (var zone in new[] { "Ma zone", "Europe/Paris" })
            Assert.That(
                Words(Read(File(European(zone) + Event($"DTSTART;TZID={zone}:{local}\nDURATION:PT10M")))),
                Does.StartWith(utc),
                zone
            );
    }

    [Test]
    public void A_known_name_wins_over_other_rules_and_a_note_says_so()
    {
        var reading = Read(
            File(Zone("Europe/Paris", "+0500", "+0500") + Event("DTSTART;TZID=Europe/Paris:20261124T090000\nDURATION:PT1H"))
        );
        Assert.That(Words(reading), Is.EqualTo("11-24 08:00/11-24 09:00"));
        Assert.That(reading.Aside.Select(a => (a.Line, a.Code)), Is.EqualTo(new[] { (3, "ics_zone_differs") }));
        Assert.That(
            Read(File(European("Europe/Paris") + Event("DTSTART;TZID=Europe/Paris:20261124T090000\nDURATION:PT1H"))).Aside,
            Is.Empty
        );
    }

    [Test]
    public void An_unknown_zone_sets_one_event_aside_and_none_that_is_over()
    {
        var later = Event("DTSTART;TZID=Mars/Olympus:20261124T090000\nDURATION:PT1H", "mars");
        var over = Event("DTSTART;TZID=Mars/Olympus:20240101T090000\nDTEND;TZID=Mars/Olympus:20240101T100000", "1");
        var ended = Event("DTSTART;TZID=Mars/Olympus:20240101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=9", "2");
        var good = Event("DTSTART:20261125T090000Z\nDURATION:PT1H", "3");
        var reading = Read(File($"{over}\n{ended}\n{later}\n{good}"));
        Assert.That(Words(reading), Is.EqualTo("11-25 09:00/11-25 10:00"));
        Assert.That(reading.Aside.Select(a => a.Code), Is.EqualTo(new[] { "ics_zone_unknown" }));
        Assert.That(Read(File($"{over}\n{ended}")), Has.Property("Times").Empty.And.Property("Aside").Empty);
    }

    [TestCase("/dev/zero"), TestCase("../../../../dev/zero"), TestCase("/etc/passwd"), TestCase("posix/../../../../etc/hostname")]
    public void S46_A_zone_is_a_name_not_a_file(string zone) =>
        Assert.That(
            Assert.Throws<InvalidException>(() => Read(One($"DTSTART;TZID={zone}:20261124T090000\nDURATION:PT1H")))!.Errors["address"],
            Is.EqualTo(new[] { "ics_zone_unknown" })
        );

    [Test]
    public void A_floating_time_is_the_calendars_and_its_own_zone_comes_first()
    {
        var e = Event("DTSTART:20261124T090000\nDTEND:20261124T100000");
        Assert.That(Words(Read(File(e), "Indian/Reunion")), Is.EqualTo("11-24 05:00/11-24 06:00"));
        Assert.That(Words(Read(File("X-WR-TIMEZONE:Europe/Paris\n" + e), "Indian/Reunion")), Is.EqualTo("11-24 08:00/11-24 09:00"));
        Assert.That(Words(Read(File("X-WR-TIMEZONE:Nulle/Part\n" + e), "Indian/Reunion")), Is.EqualTo("11-24 05:00/11-24 06:00"));
    }

    [TestCase("DTSTART;VALUE=DATE:20261124", "11-23 23:00/11-24 23:00", TestName = "a day without an end")]
    [TestCase("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261124", "11-23 23:00/11-24 23:00", TestName = "a day that ends on itself")]
    [TestCase("DTSTART;VALUE=DATE:20261124\nDURATION:P0D", "11-23 23:00/11-24 23:00", TestName = "a day of no days")]
    [TestCase("DTSTART;VALUE=DATE:20261124\nDURATION:PT0S", "11-23 23:00/11-24 23:00", TestName = "a day of no seconds")]
    [TestCase("DTSTART;VALUE=DATE:20261124\nDURATION:P2D", "11-23 23:00/11-25 23:00", TestName = "two days")]
    [TestCase("DTSTART;VALUE=DATE:20261124\nDURATION:P1W", "11-23 23:00/11-30 23:00", TestName = "a week")]
    [TestCase("DTSTART:20261124", "11-23 23:00/11-24 23:00", TestName = "a date that does not say so")]
    [TestCase("DTSTART;VALUE=DATE:20261124T000000", "11-23 23:00/11-24 23:00", TestName = "a date with a time")]
    [TestCase("DTSTART;VALUE=DATE:20270328", "03-27 23:00/03-28 22:00", TestName = "a day of 23 hours")]
    [TestCase("DTSTART;VALUE=DATE:20271031", "10-30 22:00/10-31 23:00", TestName = "a day of 25 hours")]
    [TestCase("DTSTART:20261124T0900Z\nDTEND:20261124T1000Z", "11-24 09:00/11-24 10:00", TestName = "no seconds")]
    [TestCase("DTSTART:20261124T090000Z", "", TestName = "a time without an end is nothing")]
    [TestCase("DTSTART:20261124T090000Z\nDTEND;TZID=Europe/Paris:20261124T120000", "11-24 09:00/11-24 11:00", TestName = "two zones")]
    [TestCase(
        "DTSTART;TZID=Europe/Paris:20270327T220000\nDTEND;TZID=Europe/Paris:20270328T060000",
        "03-27 21:00/03-28 04:00",
        TestName = "a night of seven hours"
    )]
    public void Days_and_ends(string lines, string times) => Assert.That(Words(Read(One(lines))), Is.EqualTo(times));

    [TestCase("DTSTART:20261124T100000Z\nDTEND:20261124T090000Z", "ics_ends_before")]
    [TestCase("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261123", "ics_ends_before")]
    [TestCase("DTSTART:20261124T100000Z\nDURATION:-PT1H", "ics_ends_before")]
    [TestCase("DTSTART:hier", "ics_unreadable")]
    [TestCase("SUMMARY:sans date", "ics_unreadable")]
    [TestCase("DTSTART:20261124T100000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY", "ics_too_frequent")]
    [TestCase("DTSTART:20261124T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0", "ics_unreadable")]
    [TestCase("DTSTART:20261124T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYDAY=9XX", "ics_unreadable")]
    [TestCase("DTSTART:20261124T100000Z\nDURATION:PT1H\nRRULE:", "ics_unreadable")]
    public void One_bad_event_is_set_aside_with_its_reason_and_the_others_are_read(string lines, string reason)
    {
        var reading = Read(File($"{Event(lines, "bad")}\n{Event("DTSTART:20261125T090000Z\nDURATION:PT1H", "good")}"));
        Assert.That(Words(reading), Is.EqualTo("11-25 09:00/11-25 10:00"));
        Assert.That(reading.Aside.Select(a => (a.Line, a.Code)), Is.EqualTo(new[] { (3, reason) }));
        Assert.That(
            Read(File($"{Event(lines + "\nTRANSP:TRANSPARENT", "bad")}\n{Event("DTSTART:20261125T090000Z\nDURATION:PT1H")}")).Aside,
            Is.Empty,
            "of a free one it is nobody's concern"
        );
    }

    private const string Morning = "DTSTART;TZID=Europe/Paris:20261124T090000\nDTEND;TZID=Europe/Paris:20261124T100000\n";

    [TestCase(Morning + "RRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20261125", "24 26", TestName = "EXDATE as a date")]
    [TestCase(Morning + "RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261125T080000Z", "24 26", TestName = "EXDATE in UTC")]
    [TestCase(
        Morning + "RRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=America/New_York:20261125T030000",
        "24 26",
        TestName = "EXDATE in another zone"
    )]
    [TestCase(Morning + "RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261125T090000", "24 26", TestName = "EXDATE without zone")]
    [TestCase(
        Morning + "RRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=Europe/Paris:20261124T090000,20261126T090000",
        "25",
        TestName = "COUNT counts what EXDATE excludes"
    )]
    [TestCase(Morning + "RRULE:FREQ=DAILY;UNTIL=20261126", "24 25 26", TestName = "UNTIL as a date includes that day")]
    [TestCase(Morning + "RRULE:FREQ=DAILY;UNTIL=20261126T090000", "24 25 26", TestName = "UNTIL local")]
    [TestCase(Morning + "RRULE:FREQ=DAILY;UNTIL=20261126T080000Z", "24 25 26", TestName = "UNTIL in UTC includes that instant")]
    [TestCase(Morning + "RRULE:FREQ=DAILY;UNTIL=20261126T075959Z", "24 25", TestName = "UNTIL in UTC just before")]
    [TestCase(Morning + "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH", "24 26 01", TestName = "days of a week")]
    [TestCase(Morning + "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "24 29 08 13", TestName = "weeks from Monday")]
    [TestCase(Morning + "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "24 06 08 20", TestName = "weeks from Sunday")]
    [TestCase(Morning + "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "24 30 31 29", TestName = "last working day")]
    [TestCase(Morning + "RRULE:FREQ=DAILY;COUNT=2\nRDATE;TZID=Europe/Paris:20261128T090000", "24 25 28", TestName = "RDATE")]
    [TestCase(Morning + "RDATE;VALUE=DATE:20261128", "24 28", TestName = "RDATE as a date")]
    [TestCase(Morning + "RRULE:FREQ=DAILY;COUNT=3\nEXRULE:FREQ=DAILY;INTERVAL=2", "25", TestName = "EXRULE")]
    [TestCase(Morning + "RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2", "24 25 01", TestName = "two rules")]
    [TestCase(Morning + "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "24", TestName = "31 February")]
    [TestCase("DTSTART:20240229T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY", "29", TestName = "29 February")]
    [TestCase("DTSTART:20261031T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;UNTIL=20270401", "31 31 31", TestName = "the 31st of a month")]
    [TestCase(
        "DTSTART:20260831T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=5MO;UNTIL=20270401",
        "30 29",
        TestName = "the fifth Monday"
    )]
    [TestCase("DTSTART:20201228T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "28", TestName = "week 53")]
    [TestCase("DTSTART:19900101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261125", "23 24 25", TestName = "since 1990")]
    [TestCase("DTSTART:19900101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=13477", "23 24", TestName = "since 1990, counted")]
    public void Recurrences(string lines, string days) =>
        Assert.That(string.Join(' ', Read(One(lines)).Times.Select(t => $"{t.Start.UtcDateTime:dd}")), Is.EqualTo(days));

    [TestCase("EXDATE;VALUE=DATE:20261125")]
    [TestCase("EXDATE:20261125T000000")]
    [TestCase("EXDATE;TZID=Europe/Paris:20261125T000000")]
    [TestCase("EXDATE:20261124T230000Z")]
    [TestCase("EXDATE:20261125T000000Z")]
    public void A_series_of_days_without_one_of_them(string without) =>
        Assert.That(
            Words(Read(One($"DTSTART;VALUE=DATE:20261124\nRRULE:FREQ=DAILY;COUNT=3\n{without}"))),
            Is.EqualTo("11-23 23:00/11-24 23:00, 11-25 23:00/11-26 23:00")
        );

    [TestCase("20261126"), TestCase("20261125T230000Z"), TestCase("20261126T000000Z"), TestCase("20261126T120000")]
    public void A_series_of_days_until(string until) =>
        Assert.That(
            Words(Read(One($"DTSTART;VALUE=DATE:20261124\nRRULE:FREQ=DAILY;UNTIL={until}"))),
            Is.EqualTo("11-23 23:00/11-26 23:00")
        );

    [Test]
    public void Periods_among_the_dates() =>
        Assert.That(
            Words(Read(One(Morning + "RDATE;VALUE=PERIOD:20261126T080000Z/20261126T093000Z,20261127T080000Z/PT2H"))),
            Is.EqualTo("11-24 08:00/11-24 09:00, 11-26 08:00/11-26 09:30, 11-27 08:00/11-27 10:00")
        );

    [TestCase(
        "RECURRENCE-ID;TZID=Europe/Paris:20261125T090000\nDTSTART;TZID=Europe/Paris:20261125T140000\nDURATION:PT30M",
        "24 08:00-09:00, 25 13:00-13:30, 26 08:00-09:00",
        TestName = "moved"
    )]
    [TestCase(
        "RECURRENCE-ID:20261125T080000Z\nDTSTART:20261125T140000Z\nDURATION:PT30M",
        "24 08:00-09:00, 25 14:00-14:30, 26 08:00-09:00",
        TestName = "moved, in UTC"
    )]
    [TestCase(
        "RECURRENCE-ID;VALUE=DATE:20261125\nDTSTART:20261125T140000Z\nDURATION:PT30M",
        "24 08:00-09:00, 25 14:00-14:30, 26 08:00-09:00",
        TestName = "moved, by its day"
    )]
    [TestCase(
        "RECURRENCE-ID:20261125T080000Z\nDTSTART:20261125T080000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
        "24 08:00-09:00, 26 08:00-09:00",
        TestName = "cancelled"
    )]
    [TestCase(
        "RECURRENCE-ID:20261125T080000Z\nDTSTART:20261125T080000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT",
        "24 08:00-09:00, 26 08:00-09:00",
        TestName = "free"
    )]
    [TestCase(
        "RECURRENCE-ID:20261125T080000Z\nDTSTART:20261101T080000Z\nDURATION:PT1H",
        "24 08:00-09:00, 26 08:00-09:00",
        TestName = "moved into the past"
    )]
    [TestCase(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T080000Z\nDTSTART:20261125T140000Z\nDURATION:PT30M",
        "24 08:00-09:00, 25 14:00-14:30, 26 14:00-14:30",
        TestName = "this and the following"
    )]
    [TestCase(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T080000Z\nDTSTART:20261126T080000Z\nDURATION:PT30M",
        "24 08:00-09:00, 26 08:00-08:30, 27 08:00-08:30",
        TestName = "this and the following, a day later"
    )]
    [TestCase(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T080000Z\nDTSTART:20261125T080000Z\nDURATION:PT30M\nSTATUS:CANCELLED",
        "24 08:00-09:00",
        TestName = "none of the following"
    )]
    public void Exceptions(string exception, string times)
    {
        var master = Event(Morning + "RRULE:FREQ=DAILY;COUNT=3");
        foreach (var file in new[] { File($"{master}\n{Event(exception)}"), File($"{Event(exception)}\n{master}") })
            Assert.That(
                string.Join(", ", Read(file).Times.Select(t => $"{t.Start.UtcDateTime:dd HH:mm}-{t.End.UtcDateTime:HH:mm}")),
                Is.EqualTo(times)
            );
    }

    [Test]
    public void An_exception_without_its_series_is_an_event() =>
        Assert.That(Words(Read(One("RECURRENCE-ID:20261124T080000Z\n" + Morning.Trim()))), Is.EqualTo("11-24 08:00/11-24 09:00"));

    [Test]
    public void Of_two_with_one_name_the_newest_and_both_when_none_is()
    {
        string At(int hour, string more) => Event($"DTSTART:20261124T{hour:00}0000Z\nDURATION:PT15M\n{more}");
        string Read2(string first, string second) =>
            string.Join(' ', Read(File($"{first}\n{second}")).Times.Select(t => t.Start.UtcDateTime.Hour));
        Assert.That(Read2(At(9, "SEQUENCE:2"), At(10, "SEQUENCE:1")), Is.EqualTo("9"));
        Assert.That(Read2(At(9, "SEQUENCE:1"), At(10, "SEQUENCE:2")), Is.EqualTo("10"));
        Assert.That(Read2(At(9, "SEQUENCE:1"), At(10, "SEQUENCE:1\nLAST-MODIFIED:20261120T000000Z")), Is.EqualTo("10"));
        Assert.That(Read2(At(9, "SEQUENCE:2\nSTATUS:CANCELLED"), At(10, "SEQUENCE:1")), Is.Empty);
        Assert.That(Read2(At(9, "SEQUENCE:1"), At(10, "SEQUENCE:1")), Is.EqualTo("9 10"));
    }

    [Test]
    public void Files_as_they_are_found()
    {
        const string text =
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:é\r\nSUMMARY:Consultation à l’hôpital\r\nDTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        byte[] Utf8(string s) => Encoding.UTF8.GetBytes(s);
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        var inside = Utf8(text).ToList();
        inside.InsertRange(inside.IndexOf(0xC3) + 1, "\r\n "u8.ToArray());
        foreach (
            var (name, file) in new (string, byte[])[]
            {
                ("plain", Utf8(text)),
                ("a mark", [0xEF, 0xBB, 0xBF, .. Utf8(text)]),
                ("LF", Utf8(text.Replace("\r\n", "\n", StringComparison.Ordinal))),
                ("CR", Utf8(text.Replace("\r\n", "\r", StringComparison.Ordinal))),
                ("blank lines", Utf8("\r\n \r\n" + text.Replace("\r\n", "\r\n\r\n", StringComparison.Ordinal))),
                ("folded inside a character", [.. inside]),
                ("folded by a tab", Utf8(text.Replace("DTEND:2026", "DTEND:20\r\n\t26", StringComparison.Ordinal))),
                ("no last END", Utf8(text.Replace("END:VCALENDAR\r\n", "", StringComparison.Ordinal))),
                ("no END at all", Utf8(text.Replace("END:VEVENT\r\nEND:VCALENDAR\r\n", "", StringComparison.Ordinal))),
                ("Windows-1252", windows.GetBytes(text)),
                ("UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]),
            }
        )
            Assert.That(Words(Read(file)), Is.EqualTo("11-24 09:00/11-24 10:00"), name);
    }

    [Test]
    public void What_is_over_does_not_count()
    {
        var past = string.Join('\n', Enumerable.Range(0, 6_000).Select(i => Event("DTSTART:20240101T090000Z\nDURATION:PT1H", $"{i}")));
        Assert.That(
            Words(Read(File($"{past}\n{Event("DTSTART:20261124T090000Z\nDURATION:PT1H", "x")}"))),
            Is.EqualTo("11-24 09:00/11-24 10:00")
        );
    }

    private static IEnumerable<TestCaseData> Bombs()
    {
        string All(int n) => string.Join(',', Enumerable.Range(0, n));
        var every = $"RRULE:FREQ=DAILY;BYHOUR={All(24)};BYMINUTE={All(60)};BYSECOND={All(60)}";
        TestCaseData Case(string name, string text) => new TestCaseData(text).SetArgDisplayNames(name);
        yield return Case("a rule and its opposite", One("DTSTART:20200101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY"));
        yield return Case("every second of the day, free", One($"DTSTART:20200101T090000Z\nDURATION:PT1S\nTRANSP:TRANSPARENT\n{every}"));
        yield return Case("every second of the day, over", One($"DTSTART:20200101T090000Z\nDURATION:PT1S\n{every};UNTIL=20201231"));
        yield return Case("every second of the day", One($"DTSTART:20200101T090000Z\nDURATION:PT1S\n{every}"));
        yield return Case(
            "every second of the day, excepted",
            One($"DTSTART:20200101T090000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY\nEX{every}")
        );
        var free = Enumerable
            .Range(0, 4_900)
            .Select(i => Event("DTSTART:20200101T090000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT\nRRULE:FREQ=DAILY", $"{i}"));
        yield return Case("4,900 free ones each day", File(string.Join('\n', free)));
        var never = Enumerable
            .Range(0, 4_900)
            .Select(i => Event("DTSTART:20200101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY", $"{i}"));
        yield return Case("4,900 with their opposite", File(string.Join('\n', never)));
        yield return Case(
            "counted to a thousand million",
            One("DTSTART:00010101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=1000000000")
        );
        yield return Case(
            "31 February counted",
            One("DTSTART:20200101T090000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=9")
        );
        string Times(int n) =>
            string.Join(',', Enumerable.Range(0, n).Select(i => $"{new DateTime(1970, 1, 1).AddHours(i):yyyyMMdd'T'HHmmss}"));
        yield return Case("one in another, without an end", "BEGIN:VCALENDAR\n" + string.Concat(Enumerable.Repeat("BEGIN:A\n", 120_000)));
        yield return Case(
            "one in another, with the ends of something else",
            "BEGIN:VCALENDAR\n"
                + string.Concat(Enumerable.Repeat("BEGIN:A\n", 70_000))
                + string.Concat(Enumerable.Repeat("END:B\n", 70_000))
        );
        yield return Case(
            "a zone of thirty thousand changes, asked as often",
            File(
                $"BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRDATE:{Times(30_000)}\nEND:STANDARD\nEND:VTIMEZONE\n"
                    + Event($"DTSTART;TZID=Europe/Paris:20261124T090000\nDURATION:PT1H\nEXDATE;TZID=X:{Times(30_000)}")
            )
        );
        yield return Case(
            "a zone that changes each day",
            File(
                European("X").Replace("YEARLY", "DAILY", StringComparison.Ordinal) + Event("DTSTART;TZID=X:20261124T090000\nDURATION:PT1H")
            )
        );
    }

    [TestCaseSource(nameof(Bombs))]
    public void S46_No_file_takes_long(string text)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            Read(text);
        }
        catch (InvalidException) { } // refused is as good as read
        Assert.That(watch.Elapsed, Is.LessThan(AgendaReader.HardLimit));
    }

    [Test]
    public async Task S46_A_reading_that_does_not_end_is_no_longer_waited_for_and_others_are_read()
    {
        var reader = new AgendaReader();
        using var release = new ManualResetEventSlim();
        var thread = Environment.CurrentManagedThreadId;
        var stuck = reader.Run(stop => release.Wait(TimeSpan.FromMinutes(1), CancellationToken.None), CancellationToken.None);
        var other = await reader.Run(
            _ => (Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread),
            CancellationToken.None
        );
        Assert.That(other.IsThreadPoolThread, Is.False, "a thread of its own");
        Assert.That(Assert.ThrowsAsync<InvalidException>(() => stuck)!.Errors["address"], Is.EqualTo(new[] { "ics_too_large" }));
        release.Set();
    }
}
