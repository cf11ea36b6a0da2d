using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Mime;

namespace Parceo.SecureMail.Book;

/// <summary>
/// Takes <c>Extraction_Correspondance_MSSante</c> in: columns by name, separated by <c>|</c> without quoting, with or without one more
/// at the end; one line an address, of which the first counts. Broken lines are counted and left out. Addresses that the file no
/// longer has go at the very end, unless something says that the file is not whole: then none does. So an import that was killed,
/// or is run again, ends where one run would have.
/// </summary>
[HotPath("The national list of addresses is written some lines at a time.")]
internal sealed class BookImporter(SecureMailDb db, TimeProvider clock)
{
    private const int Batch = 1000,
        AlwaysTolerated = 100;
    private static readonly string[] Required =
    [
        "type de bal",
        "adresse bal",
        "identification nationale pp",
        "nom d exercice",
        "prenom d exercice",
        "raison sociale structure bal",
    ];
    private static readonly string[] Columns =
    [
        .. Required,
        "enseigne commerciale structure bal",
        "code postal structure bal",
        "l6ligneacheminement structure bal",
        "civilite d exercice",
    ];

    /// <summary>What an import did.</summary>
    /// <param name="Lines">Read.</param>
    /// <param name="Rejected">Left out.</param>
    /// <param name="Latin1">Not UTF-8: read as ISO 8859-1.</param>
    /// <param name="Addresses">Known now.</param>
    /// <param name="Gone">Removed.</param>
    public sealed record Result(int Lines, int Rejected, int Latin1, int Addresses, int Gone);

    /// <param name="file">The text; read once, not closed.</param>
    /// <param name="force">A person said that it is whole, in spite of what speaks against it.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="FormatException">It is not that file, or not whole; the message says so.</exception>
    public async Task<Result> Import(Stream file, bool force, CancellationToken ct)
    {
        var source = new BookLines(file);
        var (run, before) = (clock.GetUtcNow().UtcTicks, await db.Book.CountAsync(ct));
        var (lines, rejected, waiting) = (0, 0, new Dictionary<string, BookAddress>(Batch, StringComparer.Ordinal));
        (Dictionary<string, int> At, int Count)? header = null;
        await foreach (var (text, hasEnd) in source.Read(ct))
        {
            if (text.Length == 0)
                continue;
            if (header is not var (at, count))
            {
                header = Header(text);
                continue;
            }
            lines++;
            var fields = text.Split('|');
            var whole = fields.Length == count || (fields.Length == count + 1 && fields[^1].Length == 0);
            if (!whole && !hasEnd)
                throw new FormatException("The file is cut in its last line: no address was removed. Use a complete file.");
            if (whole && Read(fields, at, run) is { } address)
                waiting.TryAdd(address.Address, address);
            else
                rejected++;
            if (waiting.Count == Batch)
                await Flush(waiting, run, ct);
        }
        if (header is null)
            throw new FormatException("The file is empty.");
        await Flush(waiting, run, ct);

        var gone = await db.Book.CountAsync(a => a.Run < run, ct);
        if (lines == rejected)
            throw new FormatException("The file holds no address: none was removed.");
        if (!force && rejected > Math.Max(AlwaysTolerated, lines / 20))
            throw new FormatException($"{rejected} of {lines} lines are broken: no address was removed. Use a complete file, or --force.");
        if (!force && gone > Math.Max(AlwaysTolerated, before / 5))
            throw new FormatException(
                $"The file lacks {gone} of {before} known addresses: they were kept. Use a complete file, or --force."
            );
        await db.Book.Where(a => a.Run < run).ExecuteDeleteAsync(ct);
        return new Result(lines, rejected, source.Latin1, await db.Book.CountAsync(ct), gone);
    }

    private static (Dictionary<string, int> At, int Count) Header(string line)
    {
        var names = line.Split('|').Select(TextRules.FoldedWords).ToList();
        if (names[^1].Length == 0)
            names.RemoveAt(names.Count - 1);
        var at = Columns.ToDictionary(c => c, c => names.IndexOf(c));
        return Required.FirstOrDefault(c => at[c] < 0) is { } missing
            ? throw new FormatException($"This is not Extraction_Correspondance_MSSante: its first line names no column « {missing} ».")
            : (at, names.Count);
    }

    private async Task Flush(Dictionary<string, BookAddress> waiting, long run, CancellationToken ct)
    {
        var addresses = waiting.Keys.ToList();
        var known = await db.Book.Where(a => addresses.Contains(a.Address)).ToDictionaryAsync(a => a.Address, ct);
        foreach (var address in waiting.Values)
        {
            // What this run has seen, or a later one beside it, stays as it is: the first of double lines counts.
            if (!known.TryGetValue(address.Address, out var old))
                db.Book.Add(address);
            else if (old.Run < run)
                old.Renew(address);
        }
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        waiting.Clear();
    }

    private static BookAddress? Read(string[] fields, Dictionary<string, int> at, long run)
    {
        string? Of(string column) =>
            at[column] is >= 0 and var i && PlainText.Line(fields[i].Normalize(), 200) is { Length: > 0 } value ? value : null;
        if (MssAddress.Parse(Of("adresse bal")) is not { } address || MssAddress.IsPatient(address))
            return null;
        var personal = Of("type de bal") == "PER";
        var structure = Of("raison sociale structure bal") ?? Of("enseigne commerciale structure bal");
        var name = personal
            ? PlainText.Line(
                string.Join(' ', new[] { Of("civilite d exercice"), Of("prenom d exercice"), Of("nom d exercice") }.OfType<string>()),
                200
            )
            : structure ?? address;
        if (name.Length == 0)
            name = address;
        var town = Of("l6ligneacheminement structure bal") ?? Of("code postal structure bal");
        return new BookAddress(
            address,
            personal,
            personal
                ? Of("identification nationale pp") is { Length: <= 20 } id
                    ? id
                    : null
                : null,
            name,
            structure,
            town,
            TextRules.FoldedWords(name),
            run
        );
    }
}
