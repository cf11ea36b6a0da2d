namespace Parceo.Directory.Contracts;

/// <summary>Permissions of the directory. Reading it needs none beyond being signed in.</summary>
public static class DirectoryPermissions
{
    /// <summary>Import national files and read their reports: a right of whoever runs the installation.</summary>
    public const string Import = "directory.import";

    /// <summary>Say what one's territory calls its quarters and landmarks.</summary>
    public const string NamePlaces = "directory.name-places";
}
