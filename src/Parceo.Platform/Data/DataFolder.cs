namespace Parceo.Platform.Data;

/// <summary>The data folder and its lock: one serving host a folder, freed by the system when the process dies.</summary>
public sealed class DataFolder(DatabaseOptions options) : IDisposable
{
    private FileStream? held;

    /// <summary>Takes the folder; false when another process has it.</summary>
    /// <exception cref="StartRefusedException">The folder cannot be made or written.</exception>
    public bool TryTake()
    {
        if (held is not null)
            return true;
        try
        {
            Directory.CreateDirectory(options.Folder);
            held = new FileStream(Path.Combine(options.Folder, "parceo.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartRefusedException($"Parceo:Data: the folder {options.Folder} cannot be written ({e.Message}).");
        }
        catch (IOException) when (File.Exists(Path.Combine(options.Folder, "parceo.lock")))
        {
            return false;
        }
        catch (IOException e)
        {
            throw new StartRefusedException($"Parceo:Data: the folder {options.Folder} cannot be used ({e.Message}).");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => held?.Dispose();
}
