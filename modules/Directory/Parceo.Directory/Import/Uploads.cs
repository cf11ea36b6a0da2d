using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Directory.Import;

/// <summary>
/// Uploaded files that wait in the data folder, and the lock of the import that runs there: the system frees it when its
/// process dies, however it dies.
/// </summary>
[HotPath("A started import is ended by the host itself, outside of any request.")]
internal sealed class Uploads(DatabaseOptions database, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const string LockName = "running.lock";
    private readonly string folder = Path.Combine(database.Folder, "imports");

    /// <summary>Where a new upload is written.</summary>
    public string NewPath(Guid id) => Path.Combine(System.IO.Directory.CreateDirectory(folder).FullName, id.ToString("n"));

    /// <summary>Held while an import runs; null when another process runs one here.</summary>
    public FileStream? TryLock()
    {
        System.IO.Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Ends runs whose process is dead and removes what they had been sent. At the start of a host on SQLite, whose folder
    /// is this machine's alone, the lock tells at once; elsewhere a run is dead when its lease has passed.
    /// </summary>
    public async Task FailTheDead(bool atStart, CancellationToken ct)
    {
        using var nobodyRuns = atStart && database.Provider == Engine.Sqlite ? TryLock() : null;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DirectoryDb>();
        var silentSince = clock.GetUtcNow() - ImportRun.Lease;
        var active = await db.ImportRuns.Where(r => r.Active != null).ToListAsync(ct);
        var dead = active.FindAll(r => nobodyRuns is not null || r.AliveAt < silentSince);
        dead.ForEach(r => r.Refuse(ImportState.Failed, "import_interrupted", null, clock.GetUtcNow()));
        try
        {
            if (dead.Count > 0)
                await db.SaveChangesAsync(ct);
        }
        catch (ConcurrentChangeException)
        {
            return; // it has just said that it lives, or ended
        }
        foreach (var path in dead.Select(r => r.Path))
            Remove(path);
        if (nobodyRuns is null)
            return;
        // Uploads that never became a run, or whose run was ended by somebody else.
        foreach (var path in System.IO.Directory.EnumerateFiles(folder))
            Remove(path);
    }

    /// <summary>Removes an upload; a file that somebody named on the command line is theirs and stays.</summary>
    public void Remove(string path)
    {
        if (Path.GetDirectoryName(path) == folder && Path.GetFileName(path) != LockName)
            File.Delete(path);
    }
}
