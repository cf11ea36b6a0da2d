using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;

namespace Parceo.SecureMail.Operator;

/// <summary>The operator could not be used; <see cref="Exception.Message"/> is an error code that a page can show.</summary>
internal sealed class OperatorException(string code, Exception? inner = null) : Exception(code, inner);

/// <summary>
/// Connections to the operator: TLS 1.2 or 1.3, our certificate shown, theirs checked against our own trust store, with
/// host name and revocation (S69). Revocation lists are fetched and kept by the system while they are in date; past
/// that the connection is refused.
/// </summary>
internal sealed class OperatorLink(OperatorSettings settings, TimeProvider clock, ILogger<OperatorLink> log)
{
    private const int Timeout = 20_000;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(30);

    /// <summary>The day our certificate ends, when that is within 30 days or past; else null.</summary>
    public DateTimeOffset? CertificateEnds =>
        settings.Certificate is { } own && new DateTimeOffset(own.NotAfter) is var end && end - clock.GetUtcNow() < ExpiresSoon
            ? end
            : null;

    /// <summary>A session to send from a mailbox.</summary>
    /// <exception cref="OperatorException">Nobody answers, or somebody we do not trust.</exception>
    public async Task<SmtpClient> Smtp(string address, CancellationToken ct)
    {
        var client = Prepare(new SmtpClient());
        try
        {
            await client.ConnectAsync(
                settings.Smtp!.Host,
                settings.Smtp.Port,
                settings.SmtpStartTls ? SecureSocketOptions.StartTls : SecureSocketOptions.SslOnConnect,
                ct
            );
            if (client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
                await SignIn(client, address, ct);
            return client;
        }
        catch (Exception e) when (Understood(e) is { } code)
        {
            client.Dispose();
            throw new OperatorException(code, e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>A session to read a mailbox.</summary>
    /// <exception cref="OperatorException">Nobody answers, or somebody we do not trust.</exception>
    public async Task<ImapClient> Imap(string address, CancellationToken ct)
    {
        var client = Prepare(new ImapClient());
        try
        {
            await client.ConnectAsync(settings.Imap!.Host, settings.Imap.Port, SecureSocketOptions.SslOnConnect, ct);
            await SignIn(client, address, ct);
            return client;
        }
        catch (Exception e) when (Understood(e) is { } code)
        {
            client.Dispose();
            throw new OperatorException(code, e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>What a failure of a session means, as an error code; null for one of ours.</summary>
    public static string? Understood(Exception e) =>
        e switch
        {
            SslHandshakeException or System.Security.Authentication.AuthenticationException => "operator_not_trusted",
            MailKit.Security.AuthenticationException => "operator_refuses_us",
            SocketException
            or IOException
            or TimeoutException
            or ProtocolException
            or ServiceNotConnectedException
            or OperationCanceledException { InnerException: TimeoutException } => "operator_unreachable",
            ImapCommandException or SmtpCommandException => "operator_refuses_us",
            NotSupportedException => "operator_not_trusted", // no STARTTLS: never in clear
            _ => null,
        };

    private T Prepare<T>(T client)
        where T : MailService
    {
        client.Timeout = Timeout;
        client.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        client.ClientCertificates = [settings.Certificate!];
        client.CheckCertificateRevocation = false; // our own chain below does, with our own trust store
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
            IsTrusted(certificate as X509Certificate2, chain, errors);
        return client;
    }

    private bool IsTrusted(X509Certificate2? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (
            certificate is null
            || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
            || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
        )
        {
            log.LogWarning("The operator's certificate was refused: {Errors}", errors);
            return false;
        }
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        (policy.TrustMode, policy.RevocationMode, policy.RevocationFlag) = (
            X509ChainTrustMode.CustomRootTrust,
            X509RevocationMode.Online,
            X509RevocationFlag.ExcludeRoot
        );
        policy.UrlRetrievalTimeout = TimeSpan.FromSeconds(5);
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ServerAuthentication));
        policy.CustomTrustStore.AddRange(settings.TrustStore);
        if (presented is not null)
            foreach (var element in presented.ChainElements.Skip(1))
                policy.ExtraStore.Add(element.Certificate);
        if (chain.Build(certificate))
            return true;
        log.LogWarning(
            "The operator's certificate was refused: {Errors}",
            string.Join(", ", chain.ChainStatus.Select(s => s.Status).Distinct())
        );
        return false;
    }

    private async Task SignIn(MailService client, string address, CancellationToken ct)
    {
        if (settings.PasswordOf(address) is { } password)
            await client.AuthenticateAsync(address, password, ct);
        else if (client.AuthenticationMechanisms.Contains("EXTERNAL"))
            await client.AuthenticateAsync(new External(address), ct);
        else if (client is ImapClient)
            throw new MailKit.Security.AuthenticationException(); // SMTP may go by the certificate alone
    }

    /// <summary>SASL EXTERNAL (RFC 4422): the certificate has said who we are; the mailbox is what we ask to be.</summary>
    private sealed class External(string address) : SaslMechanism(new System.Net.NetworkCredential(address, ""))
    {
        public override string MechanismName => "EXTERNAL";
        public override bool SupportsInitialResponse => true;

        protected override byte[] Challenge(byte[]? token, int startIndex, int length, CancellationToken cancellationToken)
        {
            IsAuthenticated = true;
            return System.Text.Encoding.ASCII.GetBytes(address);
        }
    }
}
