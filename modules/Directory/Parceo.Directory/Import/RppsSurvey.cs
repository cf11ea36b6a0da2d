using System.IO.Hashing;
using System.Text;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;

namespace Parceo.Directory.Import;

/// <summary>A line set aside.</summary>
/// <param name="Line">Its number in the file, the header being 1.</param>
/// <param name="Identifier">The identifier as received, cleaned, at most 40 characters; may be empty.</param>
internal readonly record struct Reject(long Line, RejectReason Reason, string Identifier);

/// <summary>
/// First reading of a file, before anything is touched: is it whole, what is wrong in it, who is in it. Nothing is
/// kept per line but the rejects.
/// </summary>
internal sealed class RppsSurvey
{
    /// <summary>Rejects kept one by one; beyond, they are only counted (such a file is refused anyway).</summary>
    public const int MostRejects = 20_000;

    // Part of every fingerprint: raise it when the same line must be stored otherwise.
    private const long Version = 1;

    private readonly List<Reject> rejects = [];
    private readonly Dictionary<string, long> professions = new(StringComparer.Ordinal);

    private RppsSurvey() { }

    /// <summary>Everyone in the file.</summary>
    public PersonLedger People { get; } = new();

    /// <summary>Lines that can be imported.</summary>
    public long ValidLines { get; private set; }

    /// <summary>Lines set aside.</summary>
    public long RejectedLines { get; private set; }

    /// <summary>The first <see cref="MostRejects"/> lines set aside.</summary>
    public IReadOnlyList<Reject> Rejects => rejects;

    /// <summary>Valid lines by profession code, to notice a profession that vanished.</summary>
    public IReadOnlyDictionary<string, long> LinesByProfession => professions;

    /// <summary>Lines whose person was met before, but not on the line before.</summary>
    public long ScatteredLines { get; private set; }

    /// <summary>How the file was read as text.</summary>
    public FileEncoding Encoding { get; private set; }

    /// <summary>Lines of a UTF-8 file read as ISO 8859-1.</summary>
    public long Latin1Lines { get; private set; }

    /// <summary>Columns ignored.</summary>
    public IReadOnlyList<string> UnknownColumns { get; private set; } = [];

    /// <summary>Reads the whole file.</summary>
    /// <param name="file">Where it comes from.</param>
    /// <param name="scope">Whose people count as in scope.</param>
    /// <param name="onProgress">Told the share read (0–1), lines and rejects every few thousand lines.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="RppsFileException">The file cannot be imported at all.</exception>
    public static RppsSurvey Of(RppsFile file, RppsScope scope, Action<double, RppsSurvey>? onProgress, CancellationToken ct)
    {
        var survey = new RppsSurvey();
        using var stream = file.Open();
        using var reader = new RppsReader(stream);
        survey.Encoding = reader.Encoding;
        survey.UnknownColumns = reader.Header.UnknownColumns;
        var previous = default(PersonKey);
        while (reader.TryRead(out var line, out var reject))
        {
            if ((reader.LineNumber & 0xFFF) == 0)
            {
                ct.ThrowIfCancellationRequested();
                onProgress?.Invoke(file.Share(reader.BytesRead), survey);
            }
            var person = default(PersonKey);
            reject ??= line.Check(out person);
            if (reject is { } reason)
            {
                survey.SetAside(reader.LineNumber, reason, line);
                continue;
            }
            survey.Add(person, line, scope, previous);
            previous = person;
        }
        file.CheckLength(reader.BytesRead);
        survey.Latin1Lines = reader.Latin1Lines;
        return survey;
    }

    private void Add(PersonKey person, RppsLine line, RppsScope scope, PersonKey previous)
    {
        ValidLines++;
        var known = People.Count;
        People.AddLine(
            person,
            XxHash3.HashToUInt64(line.Content, Version),
            PersonMarks.InFile | (scope.Contains(line) ? PersonMarks.InScope : PersonMarks.None)
        );
        if (People.Count == known && person != previous)
        {
            ScatteredLines++;
        }
        var code = line[RppsColumn.ProfessionCode];
        Span<char> key = stackalloc char[8];
        if (code.Length <= key.Length)
        {
            System.Text.Encoding.Latin1.GetChars(code, key);
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                professions.GetAlternateLookup<ReadOnlySpan<char>>(),
                key[..code.Length],
                out _
            )++;
        }
    }

    private void SetAside(long number, RejectReason reason, RppsLine line)
    {
        RejectedLines++;
        if (rejects.Count < MostRejects)
        {
            var identifier = line.Content.IsEmpty ? "" : line.Text(RppsColumn.Identifier);
            rejects.Add(new(number, reason, identifier.Length > 40 ? identifier[..40] : identifier));
        }
    }
}

/// <summary>Which people of a national file are wanted: all, or those with an activity in some départements.</summary>
internal sealed class RppsScope
{
    private readonly HashSet<string> departements;
    private readonly CommuneIndex communes;

    /// <param name="departements">« 57 », « 2A », « 974 »; empty for the whole country.</param>
    /// <param name="communes">Tells the département of a commune.</param>
    public RppsScope(IEnumerable<string> departements, CommuneIndex communes)
    {
        this.departements = new(departements, StringComparer.OrdinalIgnoreCase);
        this.communes = communes;
        Name = string.Join(',', this.departements.Order(StringComparer.Ordinal));
    }

    /// <summary>The départements in order, joined by commas; empty for the whole country.</summary>
    public string Name { get; }

    /// <summary>The whole country.</summary>
    public bool IsWhole => departements.Count == 0;

    /// <summary>Whether a département is in scope.</summary>
    public bool ContainsDepartement(string departement) => IsWhole || departements.Contains(departement);

    /// <summary>Whether the line's activity is in scope.</summary>
    public bool Contains(RppsLine line)
    {
        if (departements.Count == 0)
        {
            return true;
        }
        var postalCode = System.Text.Encoding.UTF8.GetString(line[RppsColumn.PostalCode]);
        return communes.Find(System.Text.Encoding.UTF8.GetString(line[RppsColumn.CommuneCode])) is { } commune
            ? departements.Contains(commune.Departement)
            : postalCode.Length == 5
                && (
                    departements.Contains(postalCode[..2])
                    || departements.Contains(postalCode[..3])
                    || (
                        postalCode.StartsWith("20", StringComparison.Ordinal)
                        && departements.Contains(string.CompareOrdinal(postalCode, "20200") < 0 ? "2A" : "2B")
                    )
                );
    }
}
