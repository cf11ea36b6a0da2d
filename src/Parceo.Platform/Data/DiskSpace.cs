using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Parceo.Platform.Data;

/// <summary>
/// The room left on the disk of the data folder. A node without any answers « unavailable », not « failure », and says that it
/// is not ready before it is too late to store what it has accepted (S51).
/// </summary>
public sealed class DiskSpace
{
    private const int Usual = 100;
    private const long Megabyte = 1 << 20;
    private readonly string folder;
    private readonly long least;

    /// <summary>Reads <c>Health:LeastFreeMegabytes</c>.</summary>
    /// <exception cref="StartRefusedException">It is no number.</exception>
    public DiskSpace(DatabaseOptions database, IConfiguration configuration)
    {
        folder = database.Folder;
        var text = configuration["Health:LeastFreeMegabytes"];
        least =
            string.IsNullOrEmpty(text) ? Usual
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) ? megabytes
            : throw new StartRefusedException($"Health:LeastFreeMegabytes is '{text}'; it must be a whole number, usually {Usual}.");
    }

    /// <summary>Whether less is left than a node needs to go on.</summary>
    public bool IsShort => Look(d => d.AvailableFreeSpace / Megabyte < least);

    /// <summary>How much of it is taken, 0–100.</summary>
    public int Percent => Look(d => d.TotalSize > 0 ? (int)((d.TotalSize - d.AvailableFreeSpace) * 100 / d.TotalSize) : 0);

    /// <summary>Whether something failed because no room was left, or none that this account may have.</summary>
    public static bool IsFull(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            // ENOSPC, EDQUOT; ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL, as .NET passes them on.
            if (e is IOException { HResult: 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027) })
                return true;
        return false;
    }

    private T? Look<T>(Func<DriveInfo, T> look)
    {
        try
        {
            return look(new DriveInfo(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return default; // a disk that does not tell is none to stop for
        }
    }
}
