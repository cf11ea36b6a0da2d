using System.Buffers;
using System.Text;

namespace Parceo.Slots.Outside;

/// <summary>A content line: <c>NAME;PARAMETER=…:value</c>.</summary>
/// <param name="Number">Line of the file on which it begins.</param>
internal sealed record IcsLine(int Number, string Name, IReadOnlyDictionary<string, string> Parameters, string Value);

/// <summary>What stands between a BEGIN and its END.</summary>
internal sealed class IcsComponent(string name, int line)
{
    /// <summary>In capitals.</summary>
    public string Name { get; } = name;

    /// <summary>Line of its BEGIN.</summary>
    public int Line { get; } = line;

    /// <summary>Its own properties.</summary>
    public List<IcsLine> Lines { get; } = [];

    /// <summary>Components in it.</summary>
    public List<IcsComponent> Parts { get; } = [];

    /// <summary>The first property of that name, or null.</summary>
    public IcsLine? this[string name] => Lines.Find(l => l.Name == name);

    /// <summary>It and all in it.</summary>
    public int Count => 1 + Parts.Sum(p => p.Count);
}

/// <summary>
/// The lines of an ICS file as files are found: any line end, any folding, an UTF-8 mark or not, text of Windows-1252 in what
/// says UTF-8, components that never end. Only structure is read here; a property that nobody asks for decides nothing.
/// </summary>
internal static class IcsText
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"
    );
    private const int Deepest = 8; // a calendar's event has alarms, and nothing below them
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The calendars of a file; none when it is no ICS file.</summary>
    public static IReadOnlyList<IcsComponent> Read(ReadOnlySpan<byte> bytes)
    {
        var open = new Stack<IcsComponent>();
        var calendars = new List<IcsComponent>();
        foreach (var (number, text) in Unfold(bytes))
        {
            if (Parse(number, text) is not { } line)
            {
                if (calendars.Count == 0)
                    return []; // a page, not a calendar
                continue;
            }
            var named = line.Value.Trim().ToUpperInvariant();
            if (calendars.Count == 0 && (line.Name, named) is not ("BEGIN", "VCALENDAR"))
                return [];
            switch (line.Name)
            {
                case "BEGIN":
                    // Neither of them stands in another: the END before was forgotten.
                    if (named is "VCALENDAR" or "VEVENT" or "VTIMEZONE")
                        while (open.Count > 0 && (named == "VCALENDAR" || open.Peek().Name != "VCALENDAR"))
                            open.Pop();
                    while (open.Count >= Deepest)
                        open.Pop(); // as above; and whoever walks the parts goes no deeper than this
                    var component = new IcsComponent(named, number);
                    if (open.Count > 0)
                        open.Peek().Parts.Add(component);
                    else if (named == "VCALENDAR")
                        calendars.Add(component);
                    open.Push(component);
                    break;
                case "END":
                    if (open.Any(c => c.Name == named))
                        while (open.Pop().Name != named) { }
                    break;
                default:
                    if (open.Count > 0)
                        open.Peek().Lines.Add(line);
                    break;
            }
        }
        return calendars;
    }

    /// <summary>Logical lines. Bytes are joined before they are read as text: a fold may stand inside a character.</summary>
    private static List<(int Number, string Text)> Unfold(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            bytes = Encoding.UTF8.GetBytes((bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]));
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
            bytes = bytes[3..];
        var lines = new List<(int, string)>();
        var logical = new List<byte>();
        var (number, began) = (0, 0);
        while (bytes.Length > 0)
        {
            number++;
            var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes =
                end < 0 ? []
                : bytes[end] == '\r' && end + 1 < bytes.Length && bytes[end + 1] == '\n' ? bytes[(end + 2)..]
                : bytes[(end + 1)..];
            if (line is [(byte)' ' or (byte)'\t', ..] && logical.Count > 0)
            {
                logical.AddRange(line[1..]);
                continue;
            }
            Flush();
            began = number;
            logical.AddRange(line);
        }
        Flush();
        return lines;

        void Flush()
        {
            var text = logical.Count == 0 ? "" : Decode([.. logical]).Trim();
            if (text.Length > 0)
                lines.Add((began, text));
            logical.Clear();
        }
    }

    private static string Decode(byte[] line)
    {
        try
        {
            return Utf8.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return Windows1252.GetString(line);
        }
    }

    private static IcsLine? Parse(int number, string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(NameCharacters) is >= 0 and var end ? end : text.Length;
        var name = text[..at].ToUpperInvariant();
        // Names of zones with a colon stand there without the quotes that they need; times have none.
        var colon = name is "DTSTART" or "DTEND" or "RECURRENCE-ID" or "EXDATE" or "RDATE" ? text.LastIndexOf(':') : -1;
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (at < text.Length && text[at] == ';')
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
                return null;
            var stop = equals + 1;
            for (var quoted = false; stop < text.Length; stop++)
            {
                if (text[stop] == '"')
                    quoted = !quoted;
                else if (!quoted && (text[stop] == ';' || (text[stop] == ':' && (stop == colon || colon < 0))))
                    break;
            }
            parameters[text[(at + 1)..equals].Trim()] = text[(equals + 1)..stop].Trim('"', ' ');
            at = stop;
        }
        return name.Length > 0 && at < text.Length && text[at] == ':'
            ? new IcsLine(number, name, parameters, text[(at + 1)..].Trim())
            : null;
    }
}
