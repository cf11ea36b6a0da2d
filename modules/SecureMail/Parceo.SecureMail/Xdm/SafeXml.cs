using System.Xml;
using System.Xml.Linq;

namespace Parceo.SecureMail.Xdm;

/// <summary>XML from outside: no document type, nothing fetched, bounded in size, nodes and depth (S42).</summary>
internal static class SafeXml
{
    private const int Deepest = 100,
        MostNodes = 200_000;

    /// <summary>The document, or null when it is not one.</summary>
    public static XDocument? Load(byte[] bytes)
    {
        try
        {
            using (var look = Reader(bytes))
            {
                // Before a tree of it is built and walked.
                for (var nodes = 0; look.Read(); nodes += 1 + look.AttributeCount)
                    if (look.Depth > Deepest || nodes > MostNodes)
                        return null;
            }
            using var reader = Reader(bytes);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static XmlReader Reader(byte[] bytes) =>
        XmlReader.Create(
            new MemoryStream(bytes),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = 20_000_000,
                MaxCharactersFromEntities = 1000,
                CloseInput = true,
            }
        );
}
