using System.Globalization;
using MediatR;
using Microsoft.Extensions.Configuration;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;

namespace Parceo.Platform.Backup;

/// <summary>Where backups go by themselves, and how many stay: <c>Backup:Folder</c>, <c>Backup:Keep</c>.</summary>
/// <param name="Path">Null: nowhere.</param>
/// <param name="Keep">The newest ones stay.</param>
public sealed record BackupFolder(string? Path, int Keep)
{
    private const string Pattern = "parceo-*.backup";

    /// <exception cref="StartRefusedException">A wrong value.</exception>
    internal static BackupFolder From(IConfiguration configuration)
    {
        var path = configuration["Backup:Folder"] is { Length: > 0 } folder ? System.IO.Path.GetFullPath(folder) : null;
        var keep = configuration["Backup:Keep"] is { Length: > 0 } text ? text : "48";
        if (!int.TryParse(keep, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 10_000)
            throw new StartRefusedException($"Backup:Keep is '{keep}'; it must be between 1 and 10000.");
        return new(path, number);
    }

    internal string Next(DateTimeOffset now) =>
        System.IO.Path.Combine(Path!, string.Create(CultureInfo.InvariantCulture, $"parceo-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.backup"));

    /// <summary>Newest first. Only what was read back from its beginning to its end has such a name.</summary>
    internal IReadOnlyList<string> Verified() =>
        Path is null || !Directory.Exists(Path) ? [] : [.. Directory.GetFiles(Path, Pattern).OrderDescending(StringComparer.Ordinal)];

    /// <summary>When the newest one was verified; null when there is none.</summary>
    internal DateTimeOffset? LastVerified() =>
        Verified() is [var newest, ..]
        && DateTimeOffset.TryParseExact(
            System.IO.Path.GetFileNameWithoutExtension(newest)["parceo-".Length..],
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;
}

/// <summary>The backup of the hour.</summary>
internal static class RunBackup
{
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(
        Backups backups,
        BackupFolder folder,
        PlatformDb db,
        AuditWriter audit,
        CallContext user,
        TimeProvider clock
    ) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            Directory.CreateDirectory(folder.Path!);
            await backups.Write(folder.Next(clock.GetUtcNow()), ct);
            foreach (var old in folder.Verified().Skip(folder.Keep))
                File.Delete(old);
            audit.Add(db, "platform.backup", "ok", user);
            await db.SaveChangesAsync(ct);
            return Unit.Value;
        }
    }
}
