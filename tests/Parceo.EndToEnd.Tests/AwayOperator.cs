using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parceo.EndToEnd.Tests;

/// <summary>An operator of MSSanté that does not answer: whatever is written waits, and pages say so. Mail through real servers is tested in SecureMail.</summary>
internal static class AwayOperator
{
    /// <summary>Configuration of the host.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest("CN=Parceo", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddYears(1)
        );
        var (certificate, trust, domains) = (
            Path.Combine(folder, "client.p12"),
            Path.Combine(folder, "ca.pem"),
            Path.Combine(folder, "domaines.txt")
        );
        File.WriteAllBytes(certificate, own.Export(X509ContentType.Pkcs12, "essai"));
        File.WriteAllText(trust, own.ExportCertificatePem());
        File.WriteAllText(domains, "demo.mssante.invalid\n");
        yield return new("SecureMail:Operator:Name", "Opérateur d’essai");
        yield return new("SecureMail:Operator:Smtp", "localhost:9");
        yield return new("SecureMail:Operator:Imap", "localhost:9");
        yield return new("SecureMail:Operator:Certificate", certificate);
        yield return new("SecureMail:Operator:CertificatePassword", "essai");
        yield return new("SecureMail:Operator:TrustStore", trust);
        yield return new("SecureMail:Domains", domains);
    }
}
