using Microsoft.Data.Sqlite;

namespace Parceo.Platform.Data;

/// <summary>SQLite's file is for the host's account only, whatever the system would make of a new file: it is everybody's data.</summary>
internal static class DatabaseFile
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Before it is first opened. What SQLite puts beside it takes after it.</summary>
    public static void Protect(DatabaseOptions options)
    {
        if (options.Provider != Engine.Sqlite || OperatingSystem.IsWindows())
            return;
        var source = new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
        if (source.Length == 0 || source.StartsWith(':') || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            return;
        var path = Path.GetFullPath(source);
        if (!File.Exists(path))
        {
            if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
                Directory.CreateDirectory(folder, OwnersOnly | UnixFileMode.UserExecute);
            using var made = new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.Write,
                    UnixCreateMode = OwnersOnly,
                }
            );
        }
        foreach (var file in new[] { path, path + "-wal", path + "-shm" }.Where(File.Exists))
            if ((File.GetUnixFileMode(file) & ~OwnersOnly) != 0)
                File.SetUnixFileMode(file, OwnersOnly);
    }
}
