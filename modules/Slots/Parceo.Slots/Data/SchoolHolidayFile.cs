using System.Globalization;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Data;

/// <summary>Reads the table of school holidays: the one shipped, or the file that <c>Slots:SchoolHolidays</c> names.</summary>
internal static class SchoolHolidayFile
{
    private const string Shipped = "vacances-scolaires.csv";

    /// <exception cref="StartRefusedException">The file is missing or a line is wrong: better no start than wrong weeks.</exception>
    public static SchoolHolidays Read(string? path)
    {
        try
        {
            using var reader = path is null
                ? new StreamReader(typeof(SchoolHolidayFile).Assembly.GetManifestResourceStream(Shipped)!)
                : new StreamReader(path);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return new([.. lines.Where(l => !l.StartsWith('#')).Skip(1).Select(Row)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            throw new StartRefusedException($"The school holidays of Slots:SchoolHolidays ({path ?? Shipped}) cannot be read: {e.Message}");
        }
    }

    private static SchoolHoliday Row(string line)
    {
        var cells = line.Split(';');
        DateOnly Day(int i) => DateOnly.ParseExact(cells[i], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(cells[0], cells[1], Day(2), Day(3));
    }
}
