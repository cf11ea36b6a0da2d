using System.Globalization;
using System.Text;
using Parceo.Directory.Domain;
using Parceo.Directory.Import;
using Parceo.Directory.Reference;

namespace Parceo.Demo;

/// <summary>What a synthetic national file looks like.</summary>
internal sealed record RppsFileOptions
{
    /// <summary>Activity lines to write (the last person may add up to three).</summary>
    public required long Lines { get; init; }

    /// <summary>The same seed gives the same bytes.</summary>
    public ulong Seed { get; init; } = 57;

    /// <summary>Where people work; empty for the whole country.</summary>
    public IReadOnlyCollection<string> Departements { get; init; } = [];

    /// <summary>First ten digits of the first number; the demonstration world has its own, that no real number begins with.</summary>
    public long FirstNumber { get; init; } = 1_000_000_000;

    /// <summary>Day of the file: each one changes the phone of 1 % of the people, drops 0.05 % and adds as many.</summary>
    public int Day { get; init; }

    /// <summary>One separator more at the end of every line, as in most editions.</summary>
    public bool TrailingSeparator { get; init; } = true;

    /// <summary>Every this many lines, one that must be set aside (wrong check digit, wrong number of fields…); 0 for none.</summary>
    public int BadLineEvery { get; init; }
}

/// <summary>
/// Writes a file of the exact national format, full of people who do not exist: several activities and savoir-faire a
/// person, structures repeated with differences, valid check digits, communes in proportion to their population.
/// Deterministic; about a million lines in a few seconds. For tests, benchmarks and trying the import.
/// </summary>
internal sealed class RppsFileWriter(CommuneIndex communes, Nos nos)
{
    private static readonly (string Code, int Weight)[] Professions =
    [
        ("60", 400),
        ("10", 190),
        ("35", 90),
        ("70", 75),
        ("21", 55),
        ("93", 50),
        ("40", 35),
        ("91", 22),
        ("50", 20),
        ("86", 15),
        ("28", 15),
        ("98", 12),
        ("80", 12),
        ("94", 10),
        ("95", 9),
        ("96", 9),
        ("37", 8),
        ("36", 8),
        ("41", 8),
        ("71", 12),
        ("92", 4),
        ("26", 4),
    ];

    private static readonly (string Code, int Weight)[] Specialties =
    [
        ("SM54", 260),
        ("SM53", 120),
        ("SM26", 110),
        ("", 90),
        ("SM42", 55),
        ("SM02", 45),
        ("SM04", 40),
        ("SM40", 35),
        ("SM44", 35),
        ("SM38", 28),
        ("SM20", 27),
        ("SM24", 22),
        ("SM15", 20),
        ("SM48", 15),
        ("SM41", 15),
        ("SM32", 14),
        ("SM34", 14),
        ("SM08", 18),
        ("SM14", 16),
        ("SM18", 12),
        ("SM59", 14),
        ("SM30", 10),
        ("SM62", 10),
        ("SM25", 20),
        ("SM36", 8),
        ("SM12", 8),
    ];

    private static readonly string[] Capacities = ["CAPA06", "CAPA10", "CAPA05", "CAPA02", "C05", "C33"];

    private readonly StringBuilder line = new();

    /// <summary>Writes the file; returns the number of lines after the header.</summary>
    public long Write(Stream stream, RppsFileOptions options)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 18, leaveOpen: true);
        var end = options.TrailingSeparator ? "|\n" : "\n";
        writer.Write(string.Join('|', Enumerable.Range(0, RppsColumns.Count).Select(i => RppsColumns.Label((RppsColumn)i))) + end);
        var towns = new Towns(
            communes.All.Where(c =>
                c.Point is not null
                && c.PostalCodes.Length > 0
                && (options.Departements.Count == 0 || options.Departements.Contains(c.Departement))
                && !communes.HasArrondissements(c)
            )
        );
        long written = 0;
        for (long person = 0; written < options.Lines; person++)
        {
            var random = new SplitMix(options.Seed, (ulong)person);
            if (IsThere(ref random, options.Day))
            {
                written += WritePerson(writer, person, ref random, towns, options, written, end);
            }
        }
        return written;
    }

    /// <summary>Each day a slice of the people leaves for good and another one arrives.</summary>
    private static bool IsThere(ref SplitMix random, int day)
    {
        var slice = random.Next(2000);
        return slice >= day && (slice < 1900 || slice - 1900 < day);
    }

    private int WritePerson(
        StreamWriter writer,
        long number,
        ref SplitMix random,
        Towns towns,
        RppsFileOptions options,
        long before,
        string end
    )
    {
        var profession = Pick(Professions, ref random);
        var head = Identity(options.FirstNumber + number * 3, profession, ref random);
        var skills = Skills(profession, ref random);
        var changed = random.Next(100) < options.Day;
        var home = towns.Pick(ref random);
        var activities = random.Next(100) switch
        {
            < 78 => 1,
            < 95 => 2,
            _ => 3,
        };
        var lines = 0;
        for (var a = 0; a < activities; a++)
        {
            var tail = Activity(profession, a == 0 || random.Next(3) > 0 ? home : towns.Pick(ref random), a, changed, ref random);
            foreach (var skill in skills)
            {
                lines++;
                line.Clear().Append(head).Append('|').Append(skill).Append(tail);
                if (options.BadLineEvery > 0 && (before + lines) % options.BadLineEvery == 0)
                {
                    Spoil((int)((before + lines) / options.BadLineEvery));
                }
                writer.Write(line.Append(end));
            }
        }
        return lines;
    }

    /// <summary>Columns 1–13.</summary>
    private string Identity(long number, string profession, ref SplitMix random)
    {
        Span<byte> digits = stackalloc byte[10];
        (number + random.Next(3)).TryFormat(digits, out _, default, CultureInfo.InvariantCulture);
        var rpps = Encoding.ASCII.GetString(digits) + Luhn.CheckDigit(digits);
        var woman = random.Next(100) < 60;
        var names = woman ? SyntheticNames.Women : SyntheticNames.Men;
        var student = random.Next(100) < 4;
        var medical = profession == "10" && !student;
        return string.Join(
            '|',
            "8",
            rpps,
            "8" + rpps,
            medical ? "DR" : "",
            medical ? "Docteur" : "",
            woman ? "MME" : "M",
            woman ? "Madame" : "Monsieur",
            FamilyName(ref random),
            names[random.Skewed(names.Length)],
            profession,
            nos.Profession(profession)!.Label,
            student ? "E" : "C",
            student ? "Etudiant" : "Civil"
        );
    }

    private static string FamilyName(ref SplitMix random)
    {
        var kind = random.Next(100);
        var common = SyntheticNames.Family[random.Skewed(SyntheticNames.Family.Length)];
        if (kind < 55)
        {
            return common;
        }
        var rare =
            SyntheticNames.Heads[random.Next(SyntheticNames.Heads.Length)]
            + (random.Next(3) > 0 ? SyntheticNames.Middles[random.Next(SyntheticNames.Middles.Length)] : "")
            + SyntheticNames.Tails[random.Next(SyntheticNames.Tails.Length)];
        return kind < 93 ? rare : $"{common}-{rare}";
    }

    /// <summary>Columns 14–17, once for each savoir-faire.</summary>
    private string[] Skills(string profession, ref SplitMix random)
    {
        var codes = profession switch
        {
            "10" => new[] { Pick(Specialties, ref random), random.Next(100) < 7 ? Capacities[random.Next(Capacities.Length)] : "" },
            "60" => [random.Next(100) < 2 ? "SI0" + (1 + random.Next(5)) : ""],
            _ => [""],
        };
        var held = codes
            .Where(code => code.Length > 0)
            .Select(code => nos.Skill(code)!)
            .Select(skill => $"{skill.Type}|{nos.Label("TRE_R04", skill.Type)}|{skill.Code}|{skill.Label}")
            .ToArray();
        return held.Length > 0 ? held : ["|||"];
    }

    /// <summary>Columns 18–56, each preceded by its separator.</summary>
    private string Activity(string profession, Commune town, int rank, bool changed, ref SplitMix random)
    {
        var employed = profession is "35" or "37" or "86" or "98" or "41" or "36" || random.Next(100) < 35;
        var mode = employed ? "S|Salarié" : "L|Libéral, indépendant, artisan, commerçant";
        if (random.Next(100) < 12)
        {
            return $"|{mode}{new string('|', 29)}CNOM/CNOM/CNOM{new string('|', 6)}|GENR01|Activité standard de soin ou de pharmacien";
        }
        var count = Math.Max(3, town.Population / (employed ? 4000 : 900));
        var place = new SplitMix(
            ulong.Parse(
                town.Insee.Replace("A", "1", StringComparison.Ordinal).Replace("B", "2", StringComparison.Ordinal),
                CultureInfo.InvariantCulture
            ),
            (ulong)random.Skewed(count) + (employed ? 1_000_000UL : 0)
        );
        var street = SyntheticNames.Streets[place.Next(SyntheticNames.Streets.Length)];
        var number = 1 + place.Next(120);
        var finess = employed || profession == "21" ? Finess(town.Departement, ref place) : "";
        var key =
            finess.Length > 0
                ? "F" + finess
                : "R" + (10_000_000_000_000 + (long)place.Next(1_000_000_000)).ToString(CultureInfo.InvariantCulture);
        var name =
            profession == "21" && !employed ? $"PHARMACIE {street.ToUpperInvariant()}"
            : employed ? $"CENTRE HOSPITALIER {town.Name.ToUpperInvariant()}"
            : $"CABINET {street.ToUpperInvariant()}";
        var (odd, own) = (random.Next(10) == 0, random.Next(1_000_000));
        var phone = Phone(town.Departement, changed || odd ? own : place.Next(1_000_000));
        var typed = place.Next(3) > 0;
        var sector =
            employed ? ("SA01", "FON-09")
            : profession == "21" ? ("SA33", "FON-03")
            : rank == 0 ? ("SA07", "FON-01")
            : ("SA08", "FON-01");
        var fields = string.Join(
            '|',
            "",
            "",
            finess,
            "",
            key,
            random.Next(50) == 0 ? name.Replace("CENTRE HOSPITALIER", "CH", StringComparison.Ordinal) : name,
            "",
            "",
            place.Next(6) == 0 ? $"BÂTIMENT {(char)('A' + place.Next(4))}" : "",
            number,
            place.Next(12) == 0 ? "B" : "",
            typed ? "R" : "",
            typed ? "Rue" : "",
            typed ? street : $"RUE {street}".ToUpperInvariant(),
            "",
            $"{town.PostalCodes[0]} {town.Name.ToUpperInvariant()}",
            town.PostalCodes[0],
            town.Insee,
            town.Name,
            "99000",
            "France",
            phone,
            "",
            "",
            "",
            "",
            "",
            finess.Length > 0 ? "1" + finess : "4" + key[1..],
            "CNOM/CNOM/ARS"
        );
        return $"|{mode}|{fields}|{sector.Item1}|{nos.Label("TRE_R02", sector.Item1)}|||{sector.Item2}|{nos.Label("TRE_R21", sector.Item2)}|GENR01|Activité standard de soin ou de pharmacien";
    }

    private static string Finess(string departement, ref SplitMix place)
    {
        var stem = (departement.Length == 3 ? "97" : departement) + "0" + place.Next(100_000).ToString("D5", CultureInfo.InvariantCulture);
        var digits = Encoding.ASCII.GetBytes(stem);
        digits[1] = digits[1] switch
        {
            (byte)'A' => (byte)'1',
            (byte)'B' => (byte)'2',
            var other => other,
        };
        return stem + Luhn.CheckDigit(digits);
    }

    private static string Phone(string departement, int tail)
    {
        var region =
            departement is "75" or "77" or "78" or "91" or "92" or "93" or "94" or "95" ? 1
            : departement is "54" or "55" or "57" or "67" or "68" or "88" or "51" or "59" ? 3
            : departement is "13" or "69" or "38" or "06" or "2A" or "2B" ? 4
            : departement.Length == 3 ? 2
            : 5;
        return string.Create(CultureInfo.InvariantCulture, $"0{region}87{tail:D6}");
    }

    private void Spoil(int kind)
    {
        switch (kind % 4)
        {
            case 0: // Wrong check digit.
                line[12] = line[12] == '9' ? '0' : (char)(line[12] + 1);
                break;
            case 1: // A separator too many.
                line.Insert(line.Length / 2, "||");
                break;
            case 2: // Unknown kind of identifier.
                line[0] = '7';
                break;
            default: // Cut.
                line.Length /= 3;
                break;
        }
    }

    private static string Pick((string Code, int Weight)[] choices, ref SplitMix random)
    {
        var at = random.Next(choices.Sum(c => c.Weight));
        foreach (var (code, weight) in choices)
        {
            if ((at -= weight) < 0)
            {
                return code;
            }
        }
        return choices[^1].Code;
    }

    /// <summary>Communes drawn in proportion to their population.</summary>
    private sealed class Towns
    {
        private readonly Commune[] towns;
        private readonly long[] upTo;

        public Towns(IEnumerable<Commune> communes)
        {
            towns = [.. communes];
            upTo = new long[towns.Length];
            long total = 0;
            for (var i = 0; i < towns.Length; i++)
            {
                upTo[i] = total += 1 + towns[i].Population;
            }
        }

        public Commune Pick(ref SplitMix random)
        {
            var at = Array.BinarySearch(upTo, (long)(random.Next() % (ulong)upTo[^1]) + 1);
            return towns[at < 0 ? ~at : at];
        }
    }

    /// <summary>SplitMix64: small, fast, and the same on every version of .NET.</summary>
    private struct SplitMix(ulong seed, ulong stream)
    {
        private ulong state = (seed * 0x9E3779B97F4A7C15) ^ (stream + 1) * 0xD1B54A32D192ED03;

        public ulong Next()
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }

        public int Next(int below) => (int)(Next() % (ulong)below);

        /// <summary>A number below <paramref name="below"/>, small ones far more often, as names are.</summary>
        public int Skewed(int below)
        {
            var unit = (Next() >> 11) * (1.0 / (1UL << 53));
            return (int)(below * unit * unit);
        }
    }
}
