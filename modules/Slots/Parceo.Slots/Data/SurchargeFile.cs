using System.Globalization;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Data;

/// <summary>The dated terms of the surcharge (D50), for injection.</summary>
internal sealed record SurchargeTable(IReadOnlyList<SurchargeTerms> Terms);

/// <summary>Reads the terms of the surcharge: those shipped, or the file that <c>Slots:SnpSurcharge</c> names.</summary>
internal static class SurchargeFile
{
    private const string Shipped = "majoration-snp.csv";

    /// <exception cref="StartRefusedException">The file is missing or a line is wrong: better no start than wrong advice.</exception>
    public static SurchargeTable Read(string? path)
    {
        try
        {
            using var reader = path is null
                ? new StreamReader(typeof(SurchargeFile).Assembly.GetManifestResourceStream(Shipped)!)
                : new StreamReader(path);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return new([.. lines.Where(l => !l.StartsWith('#')).Skip(1).Select(Row)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            throw new StartRefusedException($"The surcharge of Slots:SnpSurcharge ({path ?? Shipped}) cannot be read: {e.Message}");
        }
    }

    private static SurchargeTerms Row(string line)
    {
        var c = line.Split(';');
        DateOnly Day(int i) => DateOnly.ParseExact(c[i], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(
            Day(0),
            c[1].Length == 0 ? null : Day(1),
            decimal.Parse(c[2], CultureInfo.InvariantCulture),
            int.Parse(c[3], CultureInfo.InvariantCulture),
            int.Parse(c[4], CultureInfo.InvariantCulture)
        );
    }
}
