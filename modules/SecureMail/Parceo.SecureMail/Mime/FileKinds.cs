namespace Parceo.SecureMail.Mime;

/// <summary>Which files pass, in and out: the name's ending and the content must agree (S42). Programs, pages and scripts never do.</summary>
internal static class FileKinds
{
    /// <summary>Endings for a file picker.</summary>
    public const string Accept = ".pdf,.jpg,.jpeg,.png,.txt";

    /// <summary>The media type of an allowed file, or null.</summary>
    public static string? TypeOf(string name, ReadOnlySpan<byte> content) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".pdf" when content.StartsWith("%PDF-"u8) => "application/pdf",
        ".jpg" or ".jpeg" when content.StartsWith<byte>([0xFF, 0xD8, 0xFF]) => "image/jpeg",
        ".png" when content.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) => "image/png",
        ".txt" when IsText(content) => "text/plain",
        _ => null,
    };

    /// <summary>A name fit for a header and a file system: one line, no path, at most 120 characters, its ending kept.</summary>
    public static string Clean(string? name)
    {
        var plain = new string([.. (name ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format && !"/\\:*?\"<>|".Contains(c, StringComparison.Ordinal))]).Trim(' ', '.');
        if (plain.Length == 0) return "sans-nom";
        var ending = Path.GetExtension(plain);
        return plain.Length <= 120 ? plain : plain[..(120 - Math.Min(ending.Length, 10))] + (ending.Length <= 10 ? ending : "");
    }

    private static bool IsText(ReadOnlySpan<byte> content) =>
        !content.Contains((byte)0) && !content.StartsWith("PK"u8) && !content.StartsWith("MZ"u8) && !content.StartsWith("%PDF"u8) && !content.StartsWith<byte>([0x7F, 0x45, 0x4C, 0x46]);
}
