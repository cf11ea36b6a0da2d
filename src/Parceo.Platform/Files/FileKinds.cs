using System.Globalization;

namespace Parceo.Platform.Files;

/// <summary>
/// Which files people may send each other (S42): the name's ending and the content must agree on a type of this list. Nothing
/// that a browser or a program could run: no HTML, SVG, script, executable, macro or archive. A module may allow fewer.
/// </summary>
public static class FileKinds
{
    private static readonly System.Buffers.SearchValues<char> LettersAndDigits = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    );

    private const int LongestName = 120,
        LongestEnding = 10;

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".txt"] = "text/plain",
        [".csv"] = "text/csv",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".webm"] = "audio/webm",
        [".ogg"] = "audio/ogg",
        [".m4a"] = "audio/mp4",
        [".mp3"] = "audio/mpeg",
        [".wav"] = "audio/wav",
    };

    /// <summary>Types that are decoded and written anew, so that nothing but the picture is left.</summary>
    public static bool IsImage(string type) => type.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>Types that are played where they stand.</summary>
    public static bool IsSound(string type) => type.StartsWith("audio/", StringComparison.Ordinal);

    /// <summary>A photograph as iPhones keep it: browsers of other makers show none, so it is turned into a JPEG before it is sent.</summary>
    public static bool IsHeic(ReadOnlySpan<byte> content) =>
        content.Length > 12
        && content[4..].StartsWith("ftyp"u8)
        && (
            content[8..].StartsWith("heic"u8)
            || content[8..].StartsWith("heix"u8)
            || content[8..].StartsWith("heif"u8)
            || content[8..].StartsWith("mif1"u8)
            || content[8..].StartsWith("msf1"u8)
            || content[8..].StartsWith("hevc"u8)
        );

    /// <summary>What a form lets people choose: endings and types of the list, so that a phone turns its photographs into one of them.</summary>
    public static string Accept { get; } = string.Join(',', Types.Keys.Concat(Types.Values.Distinct()));

    /// <summary>The type on which name and content agree; null when they do not, or it is not of the list.</summary>
    public static string? TypeOf(string name, ReadOnlySpan<byte> content) =>
        Path.GetExtension(name) is { Length: > 1 } ending
        && name.Length > ending.Length
        && Types.TryGetValue(ending, out var type)
        && Fits(type, content)
            ? type
            : null;

    /// <summary>A name fit to be shown, sent and stored: its last part, one line, without characters that systems read otherwise, at most 120, its ending kept. Null when nothing is left.</summary>
    public static string? CleanName(string? name)
    {
        if (name is null)
            return null;
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(
                last.Where(c =>
                    !char.IsControl(c)
                    && CharUnicodeInfo.GetUnicodeCategory(c)
                        is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)
                    && !"<>:\"|?*".Contains(c, StringComparison.Ordinal)
                )
            )
            .Trim(' ', '.');
        if (clean.Length <= LongestName)
            return clean.Length > 2 ? clean : null;
        var ending = Path.GetExtension(clean) is { Length: <= LongestEnding } kept ? kept : "";
        return clean[..(LongestName - ending.Length)].TrimEnd() + ending;
    }

    /// <summary>
    /// A name with the ending of what the file is, when it has none of its own: none at all, or « .2026 » of « CR consultation
    /// 12.03.2026 ». Documents and pictures only; a name that says another kind keeps it, and is refused.
    /// </summary>
    public static string WithEnding(string name, ReadOnlySpan<byte> content)
    {
        var ending = Path.GetExtension(name);
        if (ending.Length > 1 && char.IsAsciiLetter(ending[1]) && ending.AsSpan(1).IndexOfAnyExcept(LettersAndDigits) < 0)
            return name;
        foreach (var known in (ReadOnlySpan<string>)[".pdf", ".jpg", ".png"])
            if (Fits(Types[known], content))
                return CleanName(name + known) ?? name;
        return name;
    }

    private static bool Fits(string type, ReadOnlySpan<byte> b) =>
        type switch
        {
            "application/pdf" => AfterBlanks(b).StartsWith("%PDF-"u8),
            "image/png" => b.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            "image/jpeg" => b.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
            "image/webp" => b.Length > 12 && b.StartsWith("RIFF"u8) && b[8..].StartsWith("WEBP"u8),
            "audio/wav" => b.Length > 12 && b.StartsWith("RIFF"u8) && b[8..].StartsWith("WAVE"u8),
            "audio/webm" => b.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]),
            "audio/ogg" => b.StartsWith("OggS"u8),
            "audio/mp4" => b.Length > 12 && b[4..].StartsWith("ftyp"u8),
            "audio/mpeg" => b.StartsWith("ID3"u8) || (b.Length > 2 && b[0] == 0xFF && (b[1] & 0xE0) == 0xE0),
            "text/plain" or "text/csv" => IsText(b),
            _ => b.StartsWith("PK\x03\x04"u8), // office documents: looked into by FileInspection
        };

    /// <summary>Without the mark of UTF-8 and the line breaks that some programs put first; readers of PDF pass over them.</summary>
    private static ReadOnlySpan<byte> AfterBlanks(ReadOnlySpan<byte> b) =>
        (b.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? b[3..] : b).TrimStart(" \t\r\n\f\0"u8);

    /// <summary>Text of any one-byte or UTF-8 encoding: mail of others is not always UTF-8. Programs and archives hold control characters.</summary>
    private static bool IsText(ReadOnlySpan<byte> b)
    {
        if (AfterBlanks(b).StartsWith("%PDF"u8) || b.StartsWith("PK"u8) || b.StartsWith("MZ"u8))
            return false;
        foreach (var c in b)
            if (c < ' ' && c is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
                return false;
        return true;
    }
}
