using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Parceo.SecureMail.Contracts;

namespace Parceo.SecureMail.Xdm;

/// <summary>Writes an <c>IHE_XDM.ZIP</c> (IHE XDM, ITI-32): one submission set, one CDA R2 document of one patient.</summary>
internal static class XdmWriter
{
    private const string DocumentName = "DOC0001.XML";
    private static readonly XNamespace Rim = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0",
        Lcm = "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0",
        Hl7 = "urn:hl7-org:v3";

    /// <param name="mail">Its document's ids derive from it.</param>
    /// <param name="document">What to say.</param>
    /// <param name="pdf">The same, readable: the body of the CDA (level 1).</param>
    /// <param name="at">When the mail was written.</param>
    public static byte[] Write(Guid mail, MailDocument document, byte[] pdf, DateTimeOffset at)
    {
        var cda = Bytes(Cda(mail, document, pdf, at));
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                zip,
                "INDEX.HTM",
                Encoding.UTF8.GetBytes(
                    $"<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Contenu</title></head><body><h1>Contenu</h1><p><a href=\"IHE_XDM/SUBSET01/{DocumentName}\">{System.Net.WebUtility.HtmlEncode(document.Title)}</a></p></body></html>"
                ),
                at
            );
            Add(
                zip,
                "README.TXT",
                Encoding.ASCII.GetBytes(
                    "IHE XDM (ITI-32). Produit : Parceo.\r\nLes documents sont dans IHE_XDM/SUBSET01 ; METADATA.XML les decrit.\r\n"
                ),
                at
            );
            Add(zip, "IHE_XDM/SUBSET01/METADATA.XML", Bytes(Metadata(mail, document, cda, at)), at);
            Add(zip, $"IHE_XDM/SUBSET01/{DocumentName}", cda, at);
        }
        return memory.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content, DateTimeOffset at)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = at;
        using var stream = entry.Open();
        stream.Write(content);
    }

    private static XDocument Cda(Guid mail, MailDocument d, byte[] pdf, DateTimeOffset at) =>
        new(
            new XElement(
                Hl7 + "ClinicalDocument",
                new XElement(Hl7 + "realmCode", new XAttribute("code", "FR")),
                new XElement(Hl7 + "typeId", new XAttribute("root", "2.16.840.1.113883.1.3"), new XAttribute("extension", "POCD_HD000040")),
                new XElement(Hl7 + "id", new XAttribute("root", UuidOid(mail))),
                new XElement(
                    Hl7 + "code",
                    new XAttribute("code", d.Code),
                    new XAttribute("codeSystem", "2.16.840.1.113883.6.1"),
                    new XAttribute("displayName", d.Title)
                ),
                new XElement(Hl7 + "title", d.Title),
                new XElement(Hl7 + "effectiveTime", new XAttribute("value", Instant(at))),
                new XElement(
                    Hl7 + "confidentialityCode",
                    new XAttribute("code", "N"),
                    new XAttribute("codeSystem", "2.16.840.1.113883.5.25")
                ),
                new XElement(Hl7 + "languageCode", new XAttribute("code", "fr-FR")),
                new XElement(
                    Hl7 + "recordTarget",
                    new XElement(
                        Hl7 + "patientRole",
                        new XElement(Hl7 + "id", new XAttribute("nullFlavor", "UNK")),
                        new XElement(
                            Hl7 + "patient",
                            new XElement(
                                Hl7 + "name",
                                new XElement(Hl7 + "family", d.Patient.BirthName),
                                new XElement(Hl7 + "given", d.Patient.FirstNames)
                            ),
                            new XElement(
                                Hl7 + "administrativeGenderCode",
                                SexCode(d.Patient.Sex) is { } sex ? new XAttribute("code", sex) : new XAttribute("nullFlavor", "UNK"),
                                new XAttribute("codeSystem", "2.16.840.1.113883.5.1")
                            ),
                            new XElement(
                                Hl7 + "birthTime",
                                d.Patient.BirthDate is { } born
                                    ? new XAttribute("value", born.ToString("yyyyMMdd", CultureInfo.InvariantCulture))
                                    : new XAttribute("nullFlavor", "UNK")
                            )
                        )
                    )
                ),
                new XElement(
                    Hl7 + "author",
                    new XElement(Hl7 + "time", new XAttribute("value", Instant(d.At))),
                    new XElement(
                        Hl7 + "assignedAuthor",
                        d.AuthorNationalId is { } rpps
                            ? new XElement(Hl7 + "id", new XAttribute("root", "1.2.250.1.71.4.2.1"), new XAttribute("extension", rpps))
                            : new XElement(Hl7 + "id", new XAttribute("nullFlavor", "UNK")),
                        new XElement(Hl7 + "assignedPerson", new XElement(Hl7 + "name", new XElement(Hl7 + "family", d.Author)))
                    )
                ),
                new XElement(
                    Hl7 + "component",
                    new XElement(
                        Hl7 + "nonXMLBody",
                        new XElement(
                            Hl7 + "text",
                            new XAttribute("mediaType", "application/pdf"),
                            new XAttribute("representation", "B64"),
                            Convert.ToBase64String(pdf)
                        )
                    )
                )
            )
        );

    private static string? SexCode(Sex sex) =>
        sex switch
        {
            Sex.Female => "F",
            Sex.Male => "M",
            _ => null,
        };

    private static XDocument Metadata(Guid mail, MailDocument d, byte[] cda, DateTimeOffset at)
    {
        var patient = $"{d.Patient.BirthName}^{d.Patient.FirstNames}";
        var document = new XElement(
            Rim + "ExtrinsicObject",
            new XAttribute("id", "Document01"),
            new XAttribute("mimeType", "text/xml"),
            new XAttribute("objectType", "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"),
            Slot("URI", DocumentName),
            Slot("creationTime", Instant(at)),
            Slot("languageCode", "fr-FR"),
            Slot("hash", XdsHash.Of(cda)),
            Slot("size", cda.Length.ToString(CultureInfo.InvariantCulture)),
            Slot("serviceStartTime", Instant(d.At)),
            Slot(
                "sourcePatientInfo",
                $"PID-5|{patient}",
                $"PID-7|{d.Patient.BirthDate?.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}",
                $"PID-8|{SexCode(d.Patient.Sex) ?? "U"}"
            ),
            Label("Name", d.Title),
            Class(
                "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d",
                "Document01",
                "",
                Slot("authorPerson", $"{d.AuthorNationalId}^{d.Author}")
            ),
            Class(
                "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983",
                "Document01",
                d.Code,
                Slot("codingScheme", "2.16.840.1.113883.6.1"),
                Label("Name", d.Title)
            ),
            Class(
                "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d",
                "Document01",
                "urn:ihe:iti:xds-sd:pdf:2008",
                Slot("codingScheme", "1.3.6.1.4.1.19376.1.2.3")
            ),
            External("urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab", "Document01", "XDSDocumentEntry.uniqueId", UuidOid(mail))
        );
        var submission = new XElement(
            Rim + "RegistryPackage",
            new XAttribute("id", "SubmissionSet01"),
            Slot("submissionTime", Instant(at)),
            Label("Name", d.Title),
            External("urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8", "SubmissionSet01", "XDSSubmissionSet.uniqueId", UuidOid(mail) + ".1")
        );
        return new XDocument(
            new XElement(
                Lcm + "SubmitObjectsRequest",
                new XAttribute(XNamespace.Xmlns + "lcm", Lcm),
                new XAttribute(XNamespace.Xmlns + "rim", Rim),
                new XElement(
                    Rim + "RegistryObjectList",
                    document,
                    submission,
                    new XElement(
                        Rim + "Classification",
                        new XAttribute("id", "cl-submission"),
                        new XAttribute("classifiedObject", "SubmissionSet01"),
                        new XAttribute("classificationNode", "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd")
                    ),
                    new XElement(
                        Rim + "Association",
                        new XAttribute("id", "as-document"),
                        new XAttribute("associationType", "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember"),
                        new XAttribute("sourceObject", "SubmissionSet01"),
                        new XAttribute("targetObject", "Document01"),
                        Slot("SubmissionSetStatus", "Original")
                    )
                )
            )
        );
    }

    private static XElement Slot(string name, params string[] values) =>
        new(
            Rim + "Slot",
            new XAttribute("name", name),
            new XElement(Rim + "ValueList", values.Select(v => new XElement(Rim + "Value", v)))
        );

    private static XElement Label(string element, string text) =>
        new(Rim + element, new XElement(Rim + "LocalizedString", new XAttribute("value", text)));

    private static XElement Class(string scheme, string of, string code, params XElement[] inner) =>
        new(
            Rim + "Classification",
            new XAttribute("classificationScheme", scheme),
            new XAttribute("classifiedObject", of),
            new XAttribute("nodeRepresentation", code),
            new XAttribute("id", $"cl-{scheme[^6..]}"),
            inner
        );

    private static XElement External(string scheme, string of, string name, string value) =>
        new(
            Rim + "ExternalIdentifier",
            new XAttribute("identificationScheme", scheme),
            new XAttribute("registryObject", of),
            new XAttribute("id", $"ei-{scheme[^6..]}"),
            new XAttribute("value", value),
            Label("Name", name)
        );

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "+0000";

    /// <summary>An OID that a UUID makes (ITU-T X.667).</summary>
    private static string UuidOid(Guid id) =>
        "2.25."
        + new System.Numerics.BigInteger(id.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true).ToString(
            CultureInfo.InvariantCulture
        );

    private static byte[] Bytes(XDocument document)
    {
        using var memory = new MemoryStream();
        document.Save(memory, SaveOptions.DisableFormatting);
        return memory.ToArray();
    }
}
