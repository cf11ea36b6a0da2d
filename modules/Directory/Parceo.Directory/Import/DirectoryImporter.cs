using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Directory.Import;

/// <summary>
/// Applies a national file: reads it once to judge it, compares fingerprints, and writes only the people that changed,
/// some at a time: each person is whole at any instant, and others write in between (SQLite has a single writer). After
/// a crash half-way the same file is simply imported again: who was written is equal by then. Twice writes nothing.
/// </summary>
[HotPath("A national file is written some people at a time, so that others write in between.")]
internal sealed class DirectoryImporter(
    IServiceScopeFactory scopes,
    CommuneIndex communes,
    Nos nos,
    ImportProgress progress,
    Uploads uploads,
    TimeProvider clock,
    ILogger<DirectoryImporter> log
)
{
    /// <summary>Runs an import that was asked for, to its end; refusals and failures are written to the run.</summary>
    public async Task Run(Guid runId, CancellationToken ct)
    {
        using var running = uploads.TryLock();
        using var ended = new CancellationTokenSource();
        using var timer = new PeriodicTimer(ImportRun.Lease / 6);
        var beating = Beat(runId, timer, ended.Token);
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
        catch (RunEndedException)
        {
            log.LogWarning("Import {Run} was held for dead, and stops", runId);
        }
        catch (Exception) when (ct.IsCancellationRequested) // whatever the driver says of it
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
            await ended.CancelAsync();
            await beating;
            progress.Forget(runId);
        }
    }

    /// <summary>Tells other processes that the run lives, also while a large file is read.</summary>
    internal async Task Beat(Guid runId, PeriodicTimer timer, CancellationToken ended)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                try
                {
                    await Change(runId, r => r.Beat(clock.GetUtcNow()), ended);
                }
                catch (Exception e) when (e is not RunEndedException && !ended.IsCancellationRequested)
                {
                    log.LogWarning("Import {Run} could not tell that it lives: {Failure}", runId, e.GetType().Name);
                }
            }
        }
        catch (Exception e) when (e is RunEndedException || ended.IsCancellationRequested)
        {
            // The run has ended.
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
            await Write(scope.ServiceProvider, db, file, survey, origin, gone: [], _ => Task.CompletedTask, ct);
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
        await Change(
            run.Id,
            r =>
            {
                r.Report(ImportState.Reading, 100, survey.ValidLines, survey.RejectedLines, kept, clock.GetUtcNow());
                r.Note(Warnings(survey), survey.LinesByProfession);
            },
            ct
        );
        await KeepRejects(scope.ServiceProvider, db, run.Id, survey, ct);
        var previous = await db
            .ImportRuns.AsNoTracking()
            .Where(r => r.Scope == run.Scope && r.State == ImportState.Done)
            .OrderByDescending(r => r.AskedAt)
            .FirstOrDefaultAsync(ct);
        if (ImportGuards.Check(survey, kept, previous, run.Force) is var (code, detail))
        {
            throw new ImportRefusedException(code, detail);
        }

        var gone = await Gone(db, survey, rppsScope, ct);
        if (created + changed + gone.Count > 0)
        {
            await Change(
                run.Id,
                r => r.Report(ImportState.Writing, 0, survey.ValidLines, survey.RejectedLines, kept, clock.GetUtcNow()),
                ct
            );
            await Write(scope.ServiceProvider, db, file, survey, PersonOrigin.National, gone, TellWritten, ct);
        }
        await Change(
            run.Id,
            (r, changes) =>
            {
                r.Complete(created, changed, gone.Count, clock.GetUtcNow());
                changes.Publish(new FileImported(r.Id, changed, gone.Count), r.Id);
            },
            CancellationToken.None
        );

        Task TellWritten(int done)
        {
            var percent = (int)(100L * done / Math.Max(1, created + changed));
            progress.Report(run.Id, new(ImportState.Writing, percent, survey.ValidLines, survey.RejectedLines, kept));
            return Change(
                run.Id,
                r => r.Report(ImportState.Writing, percent, survey.ValidLines, survey.RejectedLines, kept, clock.GetUtcNow()),
                ct
            );
        }

        void Tell(double share, RppsSurvey so) =>
            progress.Report(run.Id, new(ImportState.Reading, (int)(100 * share), so.ValidLines, so.RejectedLines, so.People.Count));
    }

    /// <summary>Marks who is stored, and who is stored as the file has them.</summary>
    private static async Task Compare(DirectoryDb db, RppsSurvey survey, CancellationToken ct)
    {
        var stored = db
            .People.AsNoTracking()
            .Where(p => p.GoneAt == null)
            .Select(p => new
            {
                p.NationalId,
                p.ContentHash,
                p.Origin,
            })
            .AsAsyncEnumerable();
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
        (marks & PersonMarks.Unchanged) == 0
        && (marks & PersonMarks.InFile) != 0
        && (marks & (PersonMarks.InScope | PersonMarks.Stored)) != 0;

    private static (int Created, int Changed, int Unchanged) Count(RppsSurvey survey)
    {
        var people = survey.People;
        var created = people.CountOf(PersonMarks.InFile | PersonMarks.InScope, none: PersonMarks.Stored);
        return (
            created,
            people.CountOf(PersonMarks.InFile | PersonMarks.Stored, none: PersonMarks.Unchanged),
            created + people.CountOf(PersonMarks.InFile | PersonMarks.Stored)
        );
    }

    /// <summary>
    /// Stored people of national files who are not in this one. A file read for some départements says nothing of who
    /// also works elsewhere.
    /// </summary>
    private static async Task<List<Guid>> Gone(DirectoryDb db, RppsSurvey survey, RppsScope scope, CancellationToken ct)
    {
        var absent = survey
            .People.With(PersonMarks.Stored | PersonMarks.National, none: PersonMarks.InFile)
            .Select(key => key.PersonId())
            .ToList();
        if (scope.IsWhole)
        {
            return absent;
        }
        var gone = new List<Guid>();
        foreach (var chunk in absent.Chunk(500))
        {
            var places = await db
                .Activities.AsNoTracking()
                .Where(a => chunk.Contains(a.PersonId))
                .Select(a => new { a.PersonId, a.Departement })
                .Distinct()
                .ToListAsync(ct);
            gone.AddRange(
                places
                    .GroupBy(p => p.PersonId)
                    .Where(g =>
                        g.Any(p => p.Departement is not null)
                        && g.All(p => p.Departement is null || scope.ContainsDepartement(p.Departement))
                    )
                    .Select(g => g.Key)
            );
        }
        return gone;
    }

    private async Task Write(
        IServiceProvider services,
        DirectoryDb db,
        RppsFile file,
        RppsSurvey survey,
        PersonOrigin origin,
        List<Guid> gone,
        Func<int, Task> onProgress,
        CancellationToken ct
    )
    {
        // Open until the context ends: the writer sets the connection up and restores it.
        await db.Database.OpenConnectionAsync(ct);
        await using var bulk = DirectoryBulk.For(db);
        var now = clock.GetUtcNow();
        var done = 0;
        foreach (var chunk in PersonReader.Read(file, survey, new PersonBuilder(nos, communes), IsWanted).Chunk(DirectoryBulk.ChunkSize))
        {
            foreach (var person in chunk)
            {
                person.Stamp(origin, now);
            }
            await InTransaction(
                services,
                db,
                bulk,
                async () =>
                {
                    foreach (
                        var half in chunk.ToLookup(p => (survey.People[PersonKey.Parse(p.NationalId)].Marks & PersonMarks.Stored) == 0)
                    )
                    {
                        await bulk.Replace([.. half], areNew: half.Key, ct);
                    }
                },
                ct
            );
            await onProgress(done += chunk.Length);
        }
        foreach (var chunk in gone.Chunk(DirectoryBulk.ChunkSize))
        {
            await InTransaction(services, db, bulk, () => bulk.Withdraw(chunk, now, ct), ct);
        }
        if (done > ChangesWorthAnalyzing)
        {
            await InTransaction(services, db, bulk, () => bulk.Analyze(ct), ct);
        }
    }

    private static async Task InTransaction(
        IServiceProvider services,
        DirectoryDb db,
        DirectoryBulk bulk,
        Func<Task> write,
        CancellationToken ct
    )
    {
        // On SQLite one writer at a time: take the turn as the others do, and pass it on after each step.
        using var turn = db.Database.IsSqlite() ? await services.GetRequiredService<SqliteWriteGate>().Enter(ct) : default;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        bulk.Begin();
        await write();
        await transaction.CommitAsync(ct);
    }

    private static async Task KeepRejects(IServiceProvider services, DirectoryDb db, Guid runId, RppsSurvey survey, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var bulk = DirectoryBulk.For(db);
        foreach (
            var chunk in survey
                .Rejects.Select(r => new ImportReject
                {
                    RunId = runId,
                    Line = r.Line,
                    Reason = RejectCodes.Of(r.Reason),
                    Identifier = r.Identifier,
                })
                .Chunk(DirectoryBulk.ChunkSize)
        )
        {
            await InTransaction(services, db, bulk, () => bulk.Insert<ImportReject>(chunk, ct), ct);
        }
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

    private Task<ImportRun> Change(Guid runId, Action<ImportRun> change, CancellationToken ct) =>
        Change(runId, (run, _) => change(run), ct);

    /// <exception cref="RunEndedException">Another process held it for dead.</exception>
    private async Task<ImportRun> Change(Guid runId, Action<ImportRun, DirectoryDb> change, CancellationToken ct)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DirectoryDb>();
            var run = await db.ImportRuns.SingleAsync(r => r.Id == runId, ct);
            if (!run.IsActive)
                throw new RunEndedException();
            change(run, db);
            try
            {
                await db.SaveChangesAsync(ct);
                return run;
            }
            catch (ConcurrentChangeException)
            {
                // A step and a beat, or a last word and whoever holds it for dead: it looks again.
            }
        }
    }

    private async Task Refuse(Guid runId, ImportState state, string code, string? detail)
    {
        try
        {
            await Change(runId, r => r.Refuse(state, code, detail, clock.GetUtcNow()), CancellationToken.None);
        }
        catch (RunEndedException)
        {
            // It says already why.
        }
    }

    private static string Code(RppsFileError error) =>
        error switch
        {
            RppsFileError.Empty => "import_empty",
            RppsFileError.ColumnMissing => "import_column_missing",
            RppsFileError.ColumnTwice => "import_column_twice",
            RppsFileError.NoSuchEntry => "import_wrong_archive",
            _ => "import_truncated",
        };

    private const int ChangesWorthAnalyzing = 1_000;

    private sealed class RunEndedException : Exception;

    private sealed class ImportRefusedException(string code, string detail) : Exception(code)
    {
        public string Code { get; } = code;
        public string Detail { get; } = detail;
    }
}
