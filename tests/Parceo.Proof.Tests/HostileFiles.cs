using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace Parceo.Proof.Tests;

/// <summary>What a hostile client uploads: the same of each seed (S42).</summary>
internal sealed class HostileFiles(Random random)
{
    private const int MostBytes = 20_000_000;
    private static readonly byte[] Script = "<script>alert('parceo')</script><svg onload=alert(1)>"u8.ToArray();
    private static readonly string[] Extensions =
    [
        "png",
        "jpg",
        "webp",
        "pdf",
        "txt",
        "csv",
        "docx",
        "xlsx",
        "odt",
        "webm",
        "ogg",
        "m4a",
        "mp3",
        "wav",
    ];
    private static readonly string[] Refused =
    [
        "html",
        "svg",
        "exe",
        "js",
        "zip",
        "docm",
        "hta",
        "bat",
        "png.exe",
        "pdf.html",
        "",
        "png ",
        "png.",
        "PNG\u202e",
        "p\u0000ng",
    ];
    private static readonly string[] Names =
    [
        "../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "C:\\temp\\x",
        "/etc/shadow",
        "~/.ssh/id_rsa",
        "con",
        "nul",
        "x\r\nSet-Cookie: a=b",
        "x\u0000",
        "\u202egnp",
        ".",
        "..",
        "",
        " ",
        "%00",
        "%2e%2e%2f",
        "a/b/c",
        "<img onerror=1>",
        "a\"b;filename=evil",
        "é\ud83d",
        new('n', 300),
        new string('n', 300) + ".",
        "'; DROP TABLE x; --",
        "=cmd|' /C calc'!A0",
    ];
    private readonly byte[] png = Picture(SKEncodedImageFormat.Png),
        jpeg = Picture(SKEncodedImageFormat.Jpeg),
        webp = Picture(SKEncodedImageFormat.Webp);
    private readonly byte[] office = Zip(("[Content_Types].xml", "<Types/>"u8.ToArray()), ("word/document.xml", "<w/>"u8.ToArray()));
    private byte[]? bomb;

    /// <summary>What it is, how it is called, what is in it.</summary>
    public (string What, string Name, byte[] Content) Next(int number) =>
        (number % 12) switch
        {
            0 => (
                "polyglot",
                "photo." + Any(["png", "jpg", "webp", "pdf"]),
                [
                    .. Any([png, jpeg, webp, Pdf()]),
                    .. Any([Script, office, "%PDF-1.7 /JS (app.alert(1))"u8.ToArray(), "MZ\0\0"u8.ToArray()]),
                ]
            ),
            1 => (
                "another type than its name",
                "fichier." + Any(Extensions),
                Any([
                    png,
                    jpeg,
                    webp,
                    Pdf(),
                    office,
                    Script,
                    "MZ\u0090"u8.ToArray(),
                    "GIF89a\x01\0\x01\0"u8.ToArray(),
                    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"u8.ToArray(),
                ])
            ),
            2 => ("a name not of the list", "fichier." + Any(Refused), Any([png, Pdf(), Script])),
            3 => ("truncated", Called(out var whole), whole[..random.Next(1, whole.Length)]),
            4 => ("bits changed", Called(out var changed), Spoilt(changed)),
            5 => ("a name", Any(Names) + Any(["", ".png", ".pdf", ".txt"]), Any([png, Pdf(), "texte"u8.ToArray()])),
            6 => ("nothing in it", "vide." + Any(Extensions), []),
            7 => ("a picture of another size than it says", "grand." + Any(["png", "webp", "jpg"]), Resized()),
            8 => ("an archive bomb", "lettre." + Any(["docx", "xlsx", "odt"]), Bombs()),
            9 => (
                "text that is none",
                "note." + Any(["txt", "csv"]),
                Any([
                    Bytes(random.Next(1, 2000)),
                    Encoding.Unicode.GetBytes("texte"),
                    "=HYPERLINK(\"http://x\")"u8.ToArray(),
                    Script,
                    [0xFF, 0xFE, 0x00],
                    [0xC3, 0x28],
                    [0xED, 0xA0, 0x80],
                ])
            ),
            10 => (
                "a beginning and noise",
                "bruit." + Any(Extensions),
                [
                    .. Any<byte[]>([
                        png[..8],
                        jpeg[..3],
                        webp[..12],
                        "%PDF-"u8.ToArray(),
                        "PK\x03\x04"u8.ToArray(),
                        "OggS"u8.ToArray(),
                        "ID3"u8.ToArray(),
                        [0x1A, 0x45, 0xDF, 0xA3],
                        "RIFF\0\0\0\0WAVE"u8.ToArray(),
                        "\0\0\0\u0018ftypM4A "u8.ToArray(),
                    ]),
                    .. Bytes(random.Next(3000)),
                ]
            ),
            _ => number switch
            {
                < 60 => ("too large", "gros.pdf", [.. Pdf(), .. new byte[MostBytes]]),
                < 100 => ("as many points as are allowed", "aplat.png", Flat()),
                _ => ("a text chunk that unpacks to much", "commentaire.png", WithText()),
            },
        };

    private string Called(out byte[] content)
    {
        (var name, content) = Any<(string, byte[])>([
            ("photo.png", png),
            ("photo.jpg", jpeg),
            ("photo.webp", webp),
            ("lettre.docx", office),
            ("lettre.pdf", Pdf()),
        ]);
        return name;
    }

    private byte[] Pdf() => [.. "%PDF-1.7\n"u8, .. Bytes(random.Next(10, 300)), .. "\n%%EOF"u8];

    private byte[] Spoilt(byte[] content)
    {
        var spoilt = content.ToArray();
        for (var i = random.Next(1, 12); i > 0; i--)
            spoilt[random.Next(8, spoilt.Length)] ^= (byte)(1 << random.Next(8));
        return spoilt;
    }

    /// <summary>A header that promises up to 65 535 × 65 535 points.</summary>
    private byte[] Resized()
    {
        var lies = png.ToArray();
        for (var i = 16; i < 24; i++)
            lies[i] = (byte)random.Next(256);
        if (random.Next(2) == 0)
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(lies.AsSpan(29), Crc(lies.AsSpan(12, 17)));
        return lies;
    }

    private byte[] Bombs() =>
        random.Next(5) switch
        {
            0 => bomb ??= Zip(("[Content_Types].xml", new byte[30_000_000])),
            1 => Zip(("[Content_Types].xml", [1]), ("word/vbaProject.bin", [1, 2, 3])),
            2 => Zip(("[Content_Types].xml", [1]), ("../../evil.xml", [1]), ("/abs.xml", [1])),
            3 => Zip([.. Enumerable.Range(0, 2100).Select(i => ($"f{i}", Array.Empty<byte>()))]),
            _ => Spoilt(office),
        };

    /// <summary>Few bytes, 49 million points.</summary>
    private static byte[] Flat()
    {
        using var picture = new SKBitmap(new SKImageInfo(7000, 7000, SKColorType.Gray8));
        picture.Erase(SKColors.Gray);
        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private byte[] WithText()
    {
        using var packed = new MemoryStream();
        packed.Write("Comment\0\0"u8);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(new byte[5_000_000]);
        var chunk = (byte[])[.. "zTXt"u8, .. packed.ToArray()];
        var (length, crc) = (new byte[4], new byte[4]);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length - 4);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(chunk));
        return [.. png[..33], .. length, .. chunk, .. crc, .. png[33..]];
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
        return ~crc;
    }

    private static byte[] Picture(SKEncodedImageFormat format)
    {
        using var picture = new SKBitmap(24, 16);
        picture.Erase(SKColors.Teal);
        using var data = picture.Encode(format, 90);
        return data.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        return bytes.ToArray();
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
