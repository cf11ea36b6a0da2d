using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Book;

/// <summary>
/// Takes <c>Extraction_Correspondance_MSSante</c> in: UTF-8, columns by name, separated by <c>|</c>, one line an address (double
/// ones are merged). Lines that are no address are counted and left out; addresses that the file no longer has go, unless that
/// were more than half of them: such a file is broken.
/// </summary>
internal sealed class BookImporter(SecureMailDb db, TimeProvider clock)
{
    private const int Batch = 1000;
    private static readonly string[] Needed =
        ["type de bal", "adresse bal", "identification nationale pp", "nom d exercice", "prenom d exercice", "raison sociale structure bal", "enseigne commerciale structure bal", "code postal structure bal", "l6ligneacheminement structure bal", "civilite d exercice"];

    /// <summary>What an import did.</summary>
    /// <param name="Lines">Read.</param>
    /// <param name="Rejected">Left out.</param>
    /// <param name="Addresses">Known now.</param>
    /// <param name="Gone">Removed.</param>
    public sealed record Result(int Lines, int Rejected, int Addresses, int Gone);

    /// <exception cref="FormatException">It is not that file, or most of it is missing; the message says so.</exception>
    public async Task<Result> Import(TextReader file, CancellationToken ct)
    {
        var columns = (await file.ReadLineAsync(ct) ?? "").TrimStart('\uFEFF').Split('|').Select((name, i) => (Name: Folded.Of(name), i)).GroupBy(c => c.Name).ToDictionary(g => g.Key, g => g.First().i);
        var at = Needed.ToDictionary(n => n, n => columns.GetValueOrDefault(n, -1));
        if (at["type de bal"] < 0 || at["adresse bal"] < 0 || at["nom d exercice"] < 0) throw new FormatException("This is not Extraction_Correspondance_MSSante: its first line does not name the columns.");
        var (run, before) = (clock.GetUtcNow().UtcTicks, await db.Book.CountAsync(ct));
        var (lines, rejected, waiting, seen) = (0, 0, new List<BookAddress>(Batch), new HashSet<string>(StringComparer.Ordinal));
        while (await file.ReadLineAsync(ct) is { } line)
        {
            if (line.Length == 0) continue;
            lines++;
            var fields = line.Split('|');
            if (Read(fields, at, run) is not { } address) rejected++;
            else if (seen.Add(address.Address)) waiting.Add(address);
            if (waiting.Count == Batch) await Flush(waiting, ct);
        }
        await Flush(waiting, ct);
        var gone = await db.Book.CountAsync(a => a.Run != run, ct);
        if (gone > before / 2 && before > 0) throw new FormatException($"The file lacks {gone} of {before} known addresses: they were kept. Use a complete file.");
        await db.Book.Where(a => a.Run != run).ExecuteDeleteAsync(ct);
        return new Result(lines, rejected, seen.Count, gone);
    }

    private async Task Flush(List<BookAddress> waiting, CancellationToken ct)
    {
        var addresses = waiting.ConvertAll(a => a.Address);
        var known = await db.Book.Where(a => addresses.Contains(a.Address)).ToDictionaryAsync(a => a.Address, ct);
        foreach (var address in waiting)
        {
            if (known.TryGetValue(address.Address, out var old)) old.Renew(address);
            else db.Book.Add(address);
        }
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        waiting.Clear();
    }

    private static BookAddress? Read(string[] fields, Dictionary<string, int> at, long run)
    {
        string? Of(string column) => at[column] is >= 0 and var i && i < fields.Length && fields[i].Trim() is { Length: > 0 } value && TextRules.IsLine(value) ? value[..Math.Min(value.Length, 200)] : null;
        if (MssAddress.Parse(Of("adresse bal")) is not { } address || MssAddress.IsPatient(address)) return null;
        var personal = Of("type de bal") == "PER";
        var structure = Of("raison sociale structure bal") ?? Of("enseigne commerciale structure bal");
        var name = personal ? string.Join(' ', new[] { Of("civilite d exercice"), Of("prenom d exercice"), Of("nom d exercice") }.OfType<string>()) : structure ?? address;
        if (name.Length == 0) name = address;
        var town = Of("l6ligneacheminement structure bal") ?? Of("code postal structure bal");
        return new BookAddress(address, personal, personal ? Of("identification nationale pp") is { Length: <= 20 } id ? id : null : null, name, structure, town, Folded.Of(name), run);
    }
}
