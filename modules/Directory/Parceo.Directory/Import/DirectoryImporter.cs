using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Directory.Import;

/// <summary>
/// Applies a national file: reads it once to judge it, compares fingerprints, and writes only the people that changed,
/// in one transaction. Until it commits, searches see the directory as it was; a crash at any step leaves it so. The
/// same file twice writes nothing.
/// </summary>
internal sealed class DirectoryImporter(
    IServiceScopeFactory scopes, CommuneIndex communes, Nos nos, ImportProgress progress, TimeProvider clock, ILogger<DirectoryImporter> log)
{
    /// <summary>Runs an import that was asked for, to its end; refusals and failures are written to the run.</summary>
    public async Task Run(Guid runId, CancellationToken ct)
    {
        try
        {
            var run = await Change(runId, r => r.Report(ImportState.Reading, 0, 0, 0, 0, clock.GetUtcNow()), ct);
            await Import(run, RppsFile.At(run.Path), ct);
        }
        catch (RppsFileException e)
        {
            await Refuse(runId, ImportState.Refused, Code(e.Error), e.Detail);
        }
        catch (ImportRefusedException e)
        {
            await Refuse(runId, ImportState.Refused, e.Code, e.Detail);
        }
        catch (OperationCanceledException)
        {
            await Refuse(runId, ImportState.Failed, "import_interrupted", null);
            throw;
        }
        catch (IOException e)
        {
            log.LogError(e, "The file of import {Run} cannot be read", runId);
            await Refuse(runId, ImportState.Failed, "import_unreadable", null);
        }
        catch (Exception e)
        {
            log.LogError(e, "Import {Run} failed", runId);
            await Refuse(runId, ImportState.Failed, "import_failed", null);
            throw;
        }
        finally
        {
            progress.Forget(runId);
        }
    }

    /// <summary>Applies a file of people that no national file knows, such as the demonstration world; no run is kept.</summary>
    public async Task Apply(RppsFile file, PersonOrigin origin, CancellationToken ct)
    {
        var survey = RppsSurvey.Of(file, new RppsScope([], communes), onProgress: null, ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DirectoryDb>();
        await Compare(db, survey, ct);
        if (survey.People.CountOf(PersonMarks.InFile, none: PersonMarks.Unchanged) > 0)
        {
            await Write(scope.ServiceProvider, db, file, survey, origin, gone: [], _ => Task.CompletedTask, finish: null, ct);
        }
    }

    private async Task Import(ImportRun run, RppsFile file, CancellationToken ct)
    {
        var rppsScope = new RppsScope(run.Scope.Split(',', StringSplitOptions.RemoveEmptyEntries), communes);
        var survey = await Task.Run(() => RppsSurvey.Of(file, rppsScope, Tell, ct), ct);

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DirectoryDb>();
        await Compare(db, survey, ct);
        var (created, changed, kept) = Count(survey);
        await Change(run.Id, r =>
        {
            r.Report(ImportState.Reading, 100, survey.ValidLines, survey.RejectedLines, kept, clock.GetUtcNow());
            r.Note(Warnings(survey), survey.LinesByProfession);
        }, ct);
        await KeepRejects(scope.ServiceProvider, db, run.Id, survey, ct);
        var previous = await db.ImportRuns.AsNoTracking().Where(r => r.Scope == run.Scope && r.State == ImportState.Done).OrderByDescending(r => r.AskedAt).FirstOrDefaultAsync(ct);
        if (ImportGuards.Check(survey, kept, previous, run.Force) is var (code, detail))
        {
            throw new ImportRefusedException(code, detail);
        }

        var gone = await Gone(db, survey, rppsScope, ct);
        if (created + changed + gone.Count == 0)
        {
            await Change(run.Id, r => r.Complete(0, 0, 0, clock.GetUtcNow()), CancellationToken.None);
            return;
        }
        await Change(run.Id, r => r.Report(ImportState.Writing, 0, survey.ValidLines, survey.RejectedLines, kept, clock.GetUtcNow()), ct);
        run.Complete(created, changed, gone.Count, clock.GetUtcNow());
        await Write(scope.ServiceProvider, db, file, survey, PersonOrigin.National, gone,
            done => TellWritten((int)(100L * done / Math.Max(1, created + changed))),
            // The report belongs to the same transaction: there is no applied file without it.
            () => db.ImportRuns.Where(r => r.Id == run.Id).ExecuteUpdateAsync(s => s
                .SetProperty(r => r.State, run.State).SetProperty(r => r.Active, run.Active).SetProperty(r => r.Percent, run.Percent)
                .SetProperty(r => r.Created, created).SetProperty(r => r.Changed, changed).SetProperty(r => r.Gone, gone.Count)
                .SetProperty(r => r.EndedAt, clock.GetUtcNow()).SetProperty(r => r.AliveAt, clock.GetUtcNow()), ct), ct);

        Task TellWritten(int percent)
        {
            progress.Report(run.Id, new(ImportState.Writing, percent, survey.ValidLines, survey.RejectedLines, kept));
            // SQLite's single writer is this very transaction; elsewhere the row shows other processes that the run lives.
            return db.Database.IsSqlite() ? Task.CompletedTask
                : Change(run.Id, r => r.Report(ImportState.Writing, percent, survey.ValidLines, survey.RejectedLines, kept, clock.GetUtcNow()), ct);
        }

        void Tell(double share, RppsSurvey so) =>
            progress.Report(run.Id, new(ImportState.Reading, (int)(100 * share), so.ValidLines, so.RejectedLines, so.People.Count));
    }

    /// <summary>Marks who is stored, and who is stored as the file has them.</summary>
    private static async Task Compare(DirectoryDb db, RppsSurvey survey, CancellationToken ct)
    {
        var stored = db.People.AsNoTracking().Where(p => p.GoneAt == null).Select(p => new { p.NationalId, p.ContentHash, p.Origin }).AsAsyncEnumerable();
        await foreach (var person in stored.WithCancellation(ct))
        {
            var key = PersonKey.Parse(person.NationalId);
            var marks = PersonMarks.Stored | (person.Origin == PersonOrigin.National ? PersonMarks.National : PersonMarks.None);
            if (survey.People[key] is { Lines: > 0 } found && found.Hash == person.ContentHash)
            {
                marks |= PersonMarks.Unchanged;
            }
            survey.People.Mark(key, marks);
        }
    }

    private static bool IsWanted(PersonMarks marks) =>
        (marks & PersonMarks.Unchanged) == 0 && (marks & PersonMarks.InFile) != 0 && (marks & (PersonMarks.InScope | PersonMarks.Stored)) != 0;

    private static (int Created, int Changed, int Kept) Count(RppsSurvey survey)
    {
        var people = survey.People;
        var created = people.CountOf(PersonMarks.InFile | PersonMarks.InScope, none: PersonMarks.Stored);
        return (created, people.CountOf(PersonMarks.InFile | PersonMarks.Stored, none: PersonMarks.Unchanged), created + people.CountOf(PersonMarks.InFile | PersonMarks.Stored));
    }

    /// <summary>
    /// Stored people of national files who are not in this one. A file read for some départements says nothing of who
    /// also works elsewhere.
    /// </summary>
    private static async Task<List<Guid>> Gone(DirectoryDb db, RppsSurvey survey, RppsScope scope, CancellationToken ct)
    {
        var absent = survey.People.With(PersonMarks.Stored | PersonMarks.National, none: PersonMarks.InFile).Select(key => key.PersonId()).ToList();
        if (scope.IsWhole)
        {
            return absent;
        }
        var gone = new List<Guid>();
        foreach (var chunk in absent.Chunk(500))
        {
            var places = await db.Activities.AsNoTracking().Where(a => chunk.Contains(a.PersonId)).Select(a => new { a.PersonId, a.Departement }).Distinct().ToListAsync(ct);
            gone.AddRange(places.GroupBy(p => p.PersonId).Where(g => g.Any(p => p.Departement is not null) && g.All(p => p.Departement is null || scope.ContainsDepartement(p.Departement))).Select(g => g.Key));
        }
        return gone;
    }

    private async Task Write(IServiceProvider services, DirectoryDb db, RppsFile file, RppsSurvey survey, PersonOrigin origin, List<Guid> gone, Func<int, Task> onProgress, Func<Task>? finish, CancellationToken ct)
    {
        // On SQLite one writer at a time: take the turn for the whole transaction, so that the others queue and do not time out.
        using var turn = db.Database.IsSqlite() ? await services.GetRequiredService<SqliteWriteGate>().Enter(ct) : default;
        // Open until the context ends: the writer sets the connection up and restores it.
        await db.Database.OpenConnectionAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await using var bulk = DirectoryBulk.For(db);
        var now = clock.GetUtcNow();
        var done = 0;
        foreach (var chunk in PersonReader.Read(file, survey, new PersonBuilder(nos, communes), IsWanted).Chunk(DirectoryBulk.ChunkSize))
        {
            foreach (var person in chunk)
            {
                person.Stamp(origin, now);
            }
            foreach (var half in chunk.ToLookup(p => (survey.People[PersonKey.Parse(p.NationalId)].Marks & PersonMarks.Stored) == 0))
            {
                await bulk.Replace([.. half], areNew: half.Key, ct);
            }
            await onProgress(done += chunk.Length);
        }
        await bulk.Withdraw(gone, now, ct);
        if (done > ChangesWorthAnalyzing)
        {
            await bulk.Analyze(ct);
        }
        if (finish is not null)
        {
            await finish();
        }
        await transaction.CommitAsync(ct);
    }

    private static async Task KeepRejects(IServiceProvider services, DirectoryDb db, Guid runId, RppsSurvey survey, CancellationToken ct)
    {
        using var turn = db.Database.IsSqlite() ? await services.GetRequiredService<SqliteWriteGate>().Enter(ct) : default;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await using var bulk = DirectoryBulk.For(db);
        await bulk.Insert<ImportReject>([.. survey.Rejects.Select(r => new ImportReject { RunId = runId, Line = r.Line, Reason = RejectCodes.Of(r.Reason), Identifier = r.Identifier })], ct);
        await transaction.CommitAsync(ct);
    }

    private static string? Warnings(RppsSurvey survey)
    {
        var warnings = new List<string>();
        if (survey.Encoding == FileEncoding.Latin1)
        {
            warnings.Add("Le fichier n’est pas en UTF-8 : il a été lu en Latin-1 (ISO 8859-1).");
        }
        if (survey.Latin1Lines > 0)
        {
            warnings.Add($"{survey.Latin1Lines} ligne(s) hors UTF-8, lue(s) en Latin-1.");
        }
        if (survey.UnknownColumns.Count > 0)
        {
            warnings.Add($"Colonnes inconnues, laissées de côté : {string.Join(", ", survey.UnknownColumns.Take(20))}.");
        }
        var text = string.Join('\n', warnings);
        return text.Length == 0 ? null : text[..Math.Min(text.Length, 2000)];
    }

    private async Task<ImportRun> Change(Guid runId, Action<ImportRun> change, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DirectoryDb>();
        var run = await db.ImportRuns.SingleAsync(r => r.Id == runId, ct);
        change(run);
        await db.SaveChangesAsync(ct);
        return run;
    }

    private Task Refuse(Guid runId, ImportState state, string code, string? detail) =>
        Change(runId, r => r.Refuse(state, code, detail, clock.GetUtcNow()), CancellationToken.None);

    private static string Code(RppsFileError error) => error switch
    {
        RppsFileError.Empty => "import_empty",
        RppsFileError.ColumnMissing => "import_column_missing",
        RppsFileError.ColumnTwice => "import_column_twice",
        RppsFileError.NoSuchEntry => "import_wrong_archive",
        _ => "import_truncated",
    };

    private const int ChangesWorthAnalyzing = 1_000;

    private sealed class ImportRefusedException(string code, string detail) : Exception(code)
    {
        public string Code { get; } = code;
        public string Detail { get; } = detail;
    }
}
