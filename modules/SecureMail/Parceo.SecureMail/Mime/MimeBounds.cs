using MimeKit;

namespace Parceo.SecureMail.Mime;

/// <summary>
/// Passes over a message before a tree of it is built: some millions of empty parts or headers fit into one that is not too large,
/// and each would become an object of some hundred bytes; a header of 30 MB would be copied for each 4 kB that it grows by.
/// </summary>
internal sealed class MimeBounds : MimeReader
{
    private const int MostHeaders = 10_000,
        LongestHeader = 128 * 1024,
        MostEntities = 2_000;
    private readonly Gauge gauge;
    private int headers,
        entities;

    private MimeBounds(ParserOptions options, Gauge gauge)
        : base(options, gauge, MimeFormat.Entity) => this.gauge = gauge;

    /// <exception cref="FormatException">It is beyond, or no message.</exception>
    public static void Check(ParserOptions options, byte[] message)
    {
        using var gauge = new Gauge(message);
        new MimeBounds(options, gauge).ReadMessage(CancellationToken.None);
    }

    protected override void OnHeadersBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => gauge.Header = 0;

    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken)
    {
        gauge.Header = 0;
        if (++headers > MostHeaders)
            throw new FormatException("headers");
    }

    protected override void OnHeadersEnd(
        long beginOffset,
        int beginLineNumber,
        long endOffset,
        int endLineNumber,
        CancellationToken cancellationToken
    ) => gauge.Header = null;

    protected override void OnMimePartBegin(
        ContentType contentType,
        long beginOffset,
        int beginLineNumber,
        CancellationToken cancellationToken
    ) => Count();

    protected override void OnMultipartBegin(
        ContentType contentType,
        long beginOffset,
        int beginLineNumber,
        CancellationToken cancellationToken
    ) => Count();

    protected override void OnMessagePartBegin(
        ContentType contentType,
        long beginOffset,
        int beginLineNumber,
        CancellationToken cancellationToken
    ) => Count();

    private void Count()
    {
        if (++entities > MostEntities)
            throw new FormatException("parts");
    }

    /// <summary>Counts what is read for one header.</summary>
    private sealed class Gauge(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        /// <summary>Bytes read since it began; null outside of headers.</summary>
        public int? Header { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            return (Header += read) > LongestHeader ? throw new FormatException("header") : read;
        }
    }
}
