namespace Parceo.Slots.Domain;

/// <summary>School holidays of a zone, as the ministry publishes them: from the first day without school to the last.</summary>
/// <param name="Zone">A, B, C, <c>Corse</c>, or overseas the département's code (<c>974</c>).</param>
/// <param name="Name">As published.</param>
/// <param name="First">First day, included.</param>
/// <param name="Last">Last day, included.</param>
internal sealed record SchoolHoliday(string Zone, string Name, DateOnly First, DateOnly Last);

/// <summary>The dated table of school holidays (D50): what is not in it is not known, and nothing is guessed.</summary>
internal sealed class SchoolHolidays(IReadOnlyList<SchoolHoliday> rows)
{
    private readonly ILookup<string, SchoolHoliday> zones = rows.ToLookup(r => r.Zone);

    /// <summary>Whether pupils of the département are on holiday; false where the table says nothing.</summary>
    public bool Covers(DateOnly day, string departement) => zones[ZoneOf(departement)].Any(r => r.First <= day && day <= r.Last);

    /// <summary>The last day of which the table knows for a département, or null when it knows nothing of it.</summary>
    public DateOnly? KnownUntil(string departement) =>
        zones[ZoneOf(departement)] is var known && known.Any() ? known.Max(r => r.Last) : null;

    /// <summary>Zone of the département's academy; Corsica and each département overseas are their own, since their rectors set the dates.</summary>
    public static string ZoneOf(string departement) =>
        departement switch
        {
            "01"
            or "03"
            or "07"
            or "15"
            or "16"
            or "17"
            or "19"
            or "21"
            or "23"
            or "24"
            or "25"
            or "26"
            or "33"
            or "38"
            or "39"
            or "40"
            or "42"
            or "43"
            or "47"
            or "58"
            or "63"
            or "64"
            or "69"
            or "70"
            or "71"
            or "73"
            or "74"
            or "79"
            or "86"
            or "87"
            or "89"
            or "90" => "A",
            "09"
            or "11"
            or "12"
            or "30"
            or "31"
            or "32"
            or "34"
            or "46"
            or "48"
            or "65"
            or "66"
            or "75"
            or "77"
            or "78"
            or "81"
            or "82"
            or "91"
            or "92"
            or "93"
            or "94"
            or "95" => "C",
            "02"
            or "04"
            or "05"
            or "06"
            or "08"
            or "10"
            or "13"
            or "14"
            or "18"
            or "22"
            or "27"
            or "28"
            or "29"
            or "35"
            or "36"
            or "37"
            or "41"
            or "44"
            or "45"
            or "49"
            or "50"
            or "51"
            or "52"
            or "53"
            or "54"
            or "55"
            or "56"
            or "57"
            or "59"
            or "60"
            or "61"
            or "62"
            or "67"
            or "68"
            or "72"
            or "76"
            or "80"
            or "83"
            or "84"
            or "85"
            or "88" => "B",
            "2A" or "2B" => "Corse",
            _ => departement,
        };
}
