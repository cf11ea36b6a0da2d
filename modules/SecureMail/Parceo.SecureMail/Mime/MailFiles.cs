using Parceo.Platform.Files;
using Parceo.SecureMail.Contracts;

namespace Parceo.SecureMail.Mime;

/// <summary>Which files pass, in and out: of what the house allows (<see cref="FileKinds"/>), the kinds that mails carry.</summary>
internal static class MailFiles
{
    /// <summary>Endings for a file picker.</summary>
    public const string Accept = ".pdf,.jpg,.jpeg,.png,.txt";

    /// <summary>The media type of an allowed file, or null.</summary>
    public static string? TypeOf(string name, ReadOnlySpan<byte> content) =>
        FileKinds.TypeOf(name, content) is { } type && MailFile.Types.Contains(type) ? type : null;

    /// <summary>A name fit for a header and a file system.</summary>
    public static string Clean(string? name) => FileKinds.CleanName(name) ?? "sans-nom";
}
