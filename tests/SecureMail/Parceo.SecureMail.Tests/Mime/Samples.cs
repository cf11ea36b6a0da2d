using System.IO.Compression;
using System.Text;
using Parceo.Patients.Contracts;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Mime;

namespace Parceo.SecureMail.Tests.Mime;

/// <summary>Messages for tests.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static MailDocument Document { get; } =
        new(
            "34112-3",
            "Compte rendu (visite) à relire",
            "Dr Bilal Haddad",
            "899900000020",
            new StrictTraits("D’Été", "Zoé", new DateOnly(1980, 2, 29), Sex.Female),
            [new("Constat", "Fièvre à 39 °C.\nAuscultation libre."), new("Demandé", "Revoir <48 h> & rappeler")],
            At
        );

    public static byte[] WithDocument { get; } =
        MailWriter.Write(
            Guid.CreateVersion7(),
            "essai-1@a.example",
            "Cabinet Évrard",
            "a@a.example",
            new OutContent(["b@b.example"], "x", "Bonjour", true, null, [], Document),
            [],
            "123",
            At
        );

    public static byte[] Good { get; } =
        MailWriter.Write(
            Guid.CreateVersion7(),
            "essai-2@a.example",
            "Cabinet Évrard",
            "a@a.example",
            new OutContent(["b@b.example"], "x", "Bonjour", false, null, [], Document with { Title = "Bon document" }),
            [],
            null,
            At
        );

    public static byte[] Raw(string headers, string body) =>
        Encoding.UTF8.GetBytes($"From: Jean <jean@a.example>\r\nTo: b@b.example\r\nMIME-Version: 1.0\r\n{headers}\r\n\r\n{body}");

    public static byte[] WithFile(string name, byte[] content, string type = "application/octet-stream") =>
        Raw(
            "Subject: fichier\r\nContent-Type: multipart/mixed; boundary=\"x\"",
            $"--x\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n--x\r\nContent-Type: {type}; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}\r\n--x--\r\n"
        );

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        return memory.ToArray();
    }

    public static byte[] Metadata(string uri, string? hash = null) =>
        Encoding.UTF8.GetBytes(
            $"<r:L xmlns:r=\"urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0\"><r:ExtrinsicObject><r:Slot name=\"URI\"><r:ValueList><r:Value>{uri}</r:Value></r:ValueList></r:Slot>{(hash is null ? "" : $"<r:Slot name=\"hash\"><r:ValueList><r:Value>{hash}</r:Value></r:ValueList></r:Slot>")}</r:ExtrinsicObject></r:L>"
        );

    public static byte[] Cda(string inside) =>
        Encoding.UTF8.GetBytes($"<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>CR</title>{inside}</ClinicalDocument>");
}
