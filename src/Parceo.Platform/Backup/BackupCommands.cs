using System.Globalization;
using Parceo.Platform.Audit;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;

namespace Parceo.Platform.Backup;

/// <summary>Takes a backup beside the serving hosts.</summary>
internal sealed class BackupCommand(Backups backups, PlatformDb db, AuditWriter audit, CallContext user) : IParceoCommand
{
    public string Verb => "backup";
    public string Usage => "FILE";
    public string Summary => "Write the whole installation but its keys to FILE, encrypted, while it serves; read it back.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (arguments is not [var file])
            throw new CommandException($"Usage: {Verb} {Usage}");
        await backups.Write(file, ct);
        audit.Add(db, "platform.backup", "ok", user);
        await db.SaveChangesAsync(ct);
        Console.WriteLine($"{file}: {new FileInfo(file).Length.ToString("N0", CultureInfo.InvariantCulture)} bytes, verified.");
        return 0;
    }
}

/// <summary>Looks whether a backup is whole.</summary>
internal sealed class BackupVerifyCommand(Backups backups) : IParceoCommand
{
    public string Verb => "backup verify";
    public string Usage => "FILE";
    public string Summary => "Read FILE from its beginning to its end: whether it is whole, unchanged and of this installation.";
    public bool NeedsSchema => false;

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (arguments is not [var file])
            throw new CommandException($"Usage: {Verb} {Usage}");
        Console.WriteLine($"{file}: whole, of {(await backups.Verify(file, ct)).ToString("u", CultureInfo.InvariantCulture)}.");
        return 0;
    }
}

/// <summary>Puts a backup into an empty installation.</summary>
internal sealed class RestoreCommand(Backups backups) : IParceoCommand
{
    public string Verb => "restore";
    public string Usage => "FILE";
    public string Summary => "Put a backup into an empty installation that has the keys of the old one; all of it or nothing.";
    public bool NeedsSchema => false;

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (arguments is not [var file])
            throw new CommandException($"Usage: {Verb} {Usage}");
        var at = await backups.Restore(file, ct);
        Console.WriteLine($"Restored as of {at.ToString("u", CultureInfo.InvariantCulture)}. Start Parceo; then « audit verify ».");
        return 0;
    }
}
