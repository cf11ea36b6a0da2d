using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Features;
using Parceo.Directory.Import;
using Parceo.Testing;

namespace Parceo.Directory.Tests;

/// <summary>What the feature tests begin with.</summary>
internal static class Given
{
    public static TestUser Administrator { get; } = new(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Administrator);

    public const string Reason = "Mise à jour mensuelle";

    public static TestUser Professional { get; } = new(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Professional);

    /// <summary>Imports the bytes of a national file and returns the run as it ended.</summary>
    public static async Task<ImportRun> Import(this ParceoHost host, byte[] content, string departements = "", bool force = false)
    {
        var path = Path.Combine(host.Database.Folder, $"{Guid.CreateVersion7():n}.txt");
        await File.WriteAllBytesAsync(path, content);
        // Runs are told apart by the instant they were asked at.
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var id = await host.Send(Administrator, new StartImport.Command(path, "test.txt", departements, force, Reason));
        await host.Services.GetRequiredService<DirectoryImporter>().Run(id, CancellationToken.None);
        return await host.With<DirectoryDb, ImportRun>(db => db.ImportRuns.SingleAsync(r => r.Id == id));
    }

    public static Task<ImportRun> Import(this ParceoHost host, IEnumerable<string> lines, string departements = "", bool force = false) =>
        host.Import(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(Tests.Import.Sample.Header)) + "\n"), departements, force);

    /// <summary>A valid RPPS number for each small number.</summary>
    public static string Rpps(int number)
    {
        var stem = (1_000_000_000L + number).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return stem + Luhn.CheckDigit(Encoding.ASCII.GetBytes(stem));
    }

    /// <summary>A line about somebody.</summary>
    public static string Line(int number, string family, string given, params (RppsColumn Column, string Value)[] changes) =>
        Tests.Import.Sample.Line([
            (RppsColumn.Identifier, Rpps(number)),
            (RppsColumn.FamilyName, family),
            (RppsColumn.GivenName, given),
            .. changes,
        ]);

    /// <summary>All that is stored of everyone, comparable: but not when it was stored.</summary>
    public static Task<string> Stored(this ParceoHost host, bool withInstants = false) =>
        host.With<DirectoryDb, string>(async db =>
        {
            var people = await db.People.AsNoTracking().ToListAsync();
            var rows = new List<object>();
            rows.AddRange(
                people
                    .OrderBy(p => p.NationalId, StringComparer.Ordinal)
                    .Select(p =>
                        withInstants
                            ? (object)p
                            : new
                            {
                                p.Id,
                                p.NationalId,
                                p.FamilyName,
                                p.GivenName,
                                p.SortKey,
                                p.ContentHash,
                                Gone = p.GoneAt is not null,
                            }
                    )
            );
            rows.AddRange((await db.Activities.AsNoTracking().ToListAsync()).OrderBy(a => a.Id));
            rows.AddRange(
                (await db.Skills.AsNoTracking().ToListAsync()).OrderBy(s => s.ActivityId).ThenBy(s => s.Code, StringComparer.Ordinal)
            );
            rows.AddRange(
                (await db.NameWords.AsNoTracking().ToListAsync())
                    .OrderBy(w => w.PersonId)
                    .ThenBy(w => w.IsGiven)
                    .ThenBy(w => w.Word, StringComparer.Ordinal)
            );
            rows.AddRange(
                (await db.NameKeys.AsNoTracking().ToListAsync())
                    .OrderBy(k => k.Key, StringComparer.Ordinal)
                    .ThenBy(k => k.Word, StringComparer.Ordinal)
            );
            return string.Join('\n', rows.Select(r => System.Text.Json.JsonSerializer.Serialize(r)));
        });
}
