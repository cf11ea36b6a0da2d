using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Mime;

namespace Parceo.SecureMail.Xdm;

/// <summary>
/// Reads a CDA R2 document as plain text: title, author, patient, sections. No style sheet of the document is run and no
/// markup of it survives. National numbers (INS) are not shown.
/// </summary>
internal static class CdaReader
{
    private const int LongestText = 200_000,
        MostSections = 200;
    private static readonly XNamespace Hl7 = "urn:hl7-org:v3";

    /// <summary>The document, and the file that is its body when it has one (CDA level 1); null when the bytes are no CDA.</summary>
    public static (ReadableDocument Document, (string Name, byte[] Content)? Body)? Read(byte[] bytes)
    {
        if (SafeXml.Load(bytes)?.Root is not { } root || root.Name != Hl7 + "ClinicalDocument")
            return null;
        var sections = new List<DocumentSection>();
        (string, byte[])? body = null;
        if (root.Element(Hl7 + "component")?.Element(Hl7 + "nonXMLBody")?.Element(Hl7 + "text") is { } unstructured)
            body = Unstructured(unstructured, sections);
        else
            foreach (var section in root.Descendants(Hl7 + "section").Take(MostSections))
            {
                if (sections.Sum(s => s.Text.Length) is var length && length >= LongestText)
                {
                    sections.Add(new("", "Le document est très long : la suite n’est pas affichée ici."));
                    break;
                }
                var text = TextOf(section.Element(Hl7 + "text"));
                var title = PlainText.Line(section.Element(Hl7 + "title")?.Value, 200);
                if (text.Length + title.Length > 0)
                    sections.Add(new(title, text));
            }
        var author = root.Elements(Hl7 + "author")
            .Select(a => a.Element(Hl7 + "assignedAuthor"))
            .Select(a => NameOf(a?.Element(Hl7 + "assignedPerson")?.Element(Hl7 + "name")))
            .FirstOrDefault(n => n is not null);
        var patient = root.Element(Hl7 + "recordTarget")?.Element(Hl7 + "patientRole")?.Element(Hl7 + "patient");
        var title0 = PlainText.Line(root.Element(Hl7 + "title")?.Value, 200);
        if (title0.Length == 0)
            title0 = PlainText.Line((string?)root.Element(Hl7 + "code")?.Attribute("displayName"), 200);
        return (
            new ReadableDocument(
                title0.Length == 0 ? "Document" : title0,
                author,
                PatientOf(patient),
                DayOf((string?)root.Element(Hl7 + "effectiveTime")?.Attribute("value")),
                sections
            ),
            body
        );
    }

    private static (string, byte[])? Unstructured(XElement text, List<DocumentSection> sections)
    {
        var type = ((string?)text.Attribute("mediaType") ?? "text/plain").ToLowerInvariant();
        if (!string.Equals((string?)text.Attribute("representation"), "B64", StringComparison.OrdinalIgnoreCase))
        {
            if (type.StartsWith("text/", StringComparison.Ordinal))
                sections.Add(new("", PlainText.Of(text.Value, LongestText)));
            return null;
        }
        byte[] content;
        try
        {
            content = Convert.FromBase64String(new string([.. text.Value.Where(c => !char.IsWhiteSpace(c))]));
        }
        catch (FormatException)
        {
            return null;
        }
        if (type == "text/plain")
        {
            sections.Add(new("", PlainText.Of(Encoding.UTF8.GetString(content), LongestText)));
            return null;
        }
        return type switch
        {
            "application/pdf" => ("document.pdf", content),
            "image/jpeg" => ("document.jpg", content),
            "image/png" => ("document.png", content),
            _ => null,
        };
    }

    private static string TextOf(XElement? narrative)
    {
        if (narrative is null)
            return "";
        var text = new StringBuilder();
        Walk(narrative, text);
        return string.Join('\n', PlainText.Of(text.ToString(), LongestText).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));
    }

    private static void Walk(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (text.Length > LongestText)
                return;
            if (node is XText words)
                text.Append(words.Value);
            else if (node is XElement child)
            {
                var name = child.Name.LocalName;
                if (name is "td" or "th" && text.Length > 0 && text[^1] != '\n')
                    text.Append(" · ");
                else if (name is "br" or "paragraph" or "item" or "tr" or "list" or "table" or "caption")
                    text.Append('\n');
                if (name is "item")
                    text.Append("– ");
                Walk(child, text);
                if (name is "paragraph" or "caption" or "tr" or "item")
                    text.Append('\n');
            }
        }
    }

    private static string? NameOf(XElement? name)
    {
        if (name is null)
            return null;
        string?[] parts = [name.Element(Hl7 + "prefix")?.Value, name.Element(Hl7 + "given")?.Value, name.Element(Hl7 + "family")?.Value];
        var whole = PlainText.Line(string.Join(' ', parts.Where(p => !string.IsNullOrWhiteSpace(p))), 200);
        return whole.Length > 0 ? whole
            : PlainText.Line(name.Value, 200) is { Length: > 0 } plain ? plain
            : null;
    }

    private static string? PatientOf(XElement? patient)
    {
        if (patient is null || NameOf(patient.Element(Hl7 + "name")) is not { } name)
            return null;
        var born = DayOf((string?)patient.Element(Hl7 + "birthTime")?.Attribute("value"));
        var sex = (string?)patient.Element(Hl7 + "administrativeGenderCode")?.Attribute("code");
        return string.Join(
            ", ",
            new[]
            {
                name,
                born is null ? null
                : sex == "F" ? $"née le {born}"
                : sex == "M" ? $"né le {born}"
                : $"naissance {born}",
            }.OfType<string>()
        );
    }

    private static string? DayOf(string? hl7) =>
        hl7 is { Length: >= 8 }
        && DateOnly.TryParseExact(hl7[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
            : null;
}
