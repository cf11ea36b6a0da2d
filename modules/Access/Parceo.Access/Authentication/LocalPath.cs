namespace Parceo.Access.Authentication;

/// <summary>The one validator of addresses to go back to (S41): a path of this site, nothing that a browser reads as another host.</summary>
internal static class LocalPath
{
    private const int Longest = 4000;

    /// <summary>The path if it is local, « / » otherwise.</summary>
    public static string Of(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length <= Longest && !path.Any(char.IsControl) ? path : "/";
}
