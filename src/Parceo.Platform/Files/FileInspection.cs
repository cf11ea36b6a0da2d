using System.IO.Compression;
using SkiaSharp;

namespace Parceo.Platform.Files;

/// <summary>
/// What is done to a file before anybody may read it (S42): pictures are decoded and written anew without metadata, turned
/// as they were meant to be seen; documents are looked into for programs (<see cref="ActiveContent"/>), archives for bombs.
/// </summary>
public static class FileInspection
{
    private const long MostPixels = 50_000_000,
        MostUnpacked = 200L << 20;
    private const int MostEntries = 2_000,
        MostRatio = 200;
    private static readonly SemaphoreSlim OnePicture = new(1, 1); // a decoded picture takes up to 200 MB

    /// <summary>The bytes to keep; null when the file is not what it says, or harmful.</summary>
    public static async Task<byte[]?> Clean(string type, byte[] content, CancellationToken ct)
    {
        if (FileKinds.IsImage(type))
        {
            await OnePicture.WaitAsync(ct);
            try
            {
                return Redraw(type, content);
            }
            finally
            {
                OnePicture.Release();
            }
        }
        if (ActiveContent.IsIn(content))
            return null;
        return !content.AsSpan().StartsWith("PK\x03\x04"u8) || IsHarmlessOffice(content) ? content : null;
    }

    private static byte[]? Redraw(string type, byte[] content)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.FrameCount > 1)
            return null;
        var expected = type switch
        {
            "image/png" => SKEncodedImageFormat.Png,
            "image/jpeg" => SKEncodedImageFormat.Jpeg,
            _ => SKEncodedImageFormat.Webp,
        };
        if (
            codec.EncodedFormat != expected
            || codec.Info.Width < 1
            || codec.Info.Height < 1
            || (long)codec.Info.Width * codec.Info.Height > MostPixels
        )
            return null;
        using var decoded = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
            return null;
        using var upright = Turn(decoded, codec.EncodedOrigin);
        using var written = (upright ?? decoded).Encode(expected, 88);
        return written?.ToArray();
    }

    /// <summary>As EXIF says it was held; the metadata that says it is not kept.</summary>
    private static SKBitmap? Turn(SKBitmap picture, SKEncodedOrigin origin)
    {
        var degrees = origin switch
        {
            SKEncodedOrigin.BottomRight => 180,
            SKEncodedOrigin.RightTop => 90,
            SKEncodedOrigin.LeftBottom => 270,
            _ => 0,
        };
        if (degrees == 0)
            return null;
        var (width, height) = degrees == 180 ? (picture.Width, picture.Height) : (picture.Height, picture.Width);
        var turned = new SKBitmap(width, height);
        using var canvas = new SKCanvas(turned);
        canvas.Translate(width / 2f, height / 2f);
        canvas.RotateDegrees(degrees);
        canvas.Translate(-picture.Width / 2f, -picture.Height / 2f);
        canvas.DrawBitmap(picture, 0, 0);
        return turned;
    }

    private static bool IsHarmlessOffice(byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            return zip.Entries.Count is > 0 and <= MostEntries
                && zip.Entries.Sum(e => e.Length) <= MostUnpacked
                && zip.Entries.All(e =>
                    e.Length <= Math.Max(1, e.CompressedLength) * MostRatio
                    && !e.FullName.Contains("..", StringComparison.Ordinal)
                    && !e.FullName.StartsWith('/')
                )
                && zip.Entries.Any(e => e.FullName is "[Content_Types].xml" or "mimetype");
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
