using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parceo.SecureMail.Tests.Servers;

/// <summary>
/// A certificate authority of the test's own, with a revocation list that it serves over HTTP as IGC-Santé does: the host
/// checks names, chains and revocation for real.
/// </summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 root;
    private readonly CertificateRevocationListBuilder revoked = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly string folder;
    private byte serial = 1;

    public TestAuthority(string folder)
    {
        this.folder = folder;
        var request = new CertificateRequest($"CN=Parceo test authority {Guid.CreateVersion7():n}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        TrustStore = Path.Combine(folder, "ca.pem");
        File.WriteAllText(TrustStore, root.ExportCertificatePem());
        listener.Start();
        _ = Serve();
    }

    /// <summary>PEM file.</summary>
    public string TrustStore { get; }

    private string CrlUrl => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/ca.crl";

    /// <summary>A certificate with its key, as PEM (<c>name.pem</c>, <c>name.key</c>) and as p12 (<c>name.p12</c>, without password but <c>essai</c>).</summary>
    public void Issue(string name, string commonName, bool server, bool isRevoked = false, int days = 200)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], false)
        );
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([CrlUrl]));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        if (server)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(commonName);
            request.CertificateExtensions.Add(names.Build());
        }
        byte[] number = [1, serial++];
        using var issued = request.Create(
            root.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            DateTimeOffset.UtcNow.AddHours(-1),
            DateTimeOffset.UtcNow.AddDays(days),
            number
        );
        using var whole = issued.CopyWithPrivateKey(own);
        if (isRevoked)
            revoked.AddEntry(issued);
        File.WriteAllText(Path.Combine(folder, name + ".pem"), issued.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, name + ".key"), own.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(Path.Combine(folder, name + ".p12"), whole.Export(X509ContentType.Pkcs12, "essai"));
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                try
                {
                    await Answer(client.GetStream());
                }
                catch (IOException)
                { /* whoever asked went away; the next one is answered */
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        { /* the test is over */
        }
    }

    /// <summary>Whatever is asked, the list is the answer.</summary>
    private async Task Answer(NetworkStream stream)
    {
        if (await stream.ReadAsync(new byte[4096], stop.Token) == 0)
            return;
        byte[] list;
        lock (revoked)
            list = revoked.Build(
                root,
                1,
                DateTimeOffset.UtcNow.AddDays(1),
                HashAlgorithmName.SHA256,
                thisUpdate: DateTimeOffset.UtcNow.AddHours(-1)
            );
        await stream.WriteAsync(
            System.Text.Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/pkix-crl\r\nContent-Length: {list.Length}\r\nConnection: close\r\n\r\n"
            ),
            stop.Token
        );
        await stream.WriteAsync(list, stop.Token);
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        root.Dispose();
        key.Dispose();
        stop.Dispose();
    }
}
