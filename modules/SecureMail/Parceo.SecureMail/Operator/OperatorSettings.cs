using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Parceo.Platform;

namespace Parceo.SecureMail.Operator;

/// <summary>Where a service of the operator listens.</summary>
internal sealed record Endpoint(string Host, int Port);

/// <summary>
/// The MSSanté operator of this installation (<c>SecureMail:</c> in the configuration; secrets from the environment). Without
/// one nothing is sent or collected, and every page says so; nothing ever falls back to ordinary mail.
/// </summary>
/// <remarks>
/// Keys: <c>Operator:Name</c>, <c>Operator:Imap</c> and <c>Operator:Smtp</c> (<c>host:port</c>, TLS from the first byte),
/// <c>Operator:SmtpStartTls</c>, <c>Operator:Certificate</c> (p12) with <c>Operator:CertificatePassword</c>,
/// <c>Operator:TrustStore</c> (PEM: roots and intermediates of IGC-Santé), <c>Domains</c> (liste blanche, one domain a line),
/// <c>Nil</c> (X-MSS-NIL), <c>MaxMegabytes</c>, <c>PollSeconds</c>, <c>KeepDays</c>, <c>Passwords:ADDRESS</c> where the operator wants one.
/// </remarks>
internal sealed class OperatorSettings
{
    private readonly Func<string, string?> passwordOf;

    private OperatorSettings(Func<string, string?> passwordOf) => this.passwordOf = passwordOf;

    /// <summary>As people call the operator.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Null without an operator.</summary>
    public Endpoint? Imap { get; private init; }

    /// <summary>Null without an operator.</summary>
    public Endpoint? Smtp { get; private init; }

    /// <summary>Whether SMTP begins in clear and is raised to TLS (STARTTLS, required) instead of TLS from the first byte.</summary>
    public bool SmtpStartTls { get; private init; }

    /// <summary>Client certificate (IGC-Santé, ORGANISATION): who we are.</summary>
    public X509Certificate2? Certificate { get; private init; }

    /// <summary>The authorities that the operator's certificates may come from; no other.</summary>
    public X509Certificate2Collection TrustStore { get; private init; } = [];

    /// <summary>Path of the liste blanche; null: nothing leaves.</summary>
    public string? DomainsPath { get; private init; }

    /// <summary>Reference number of the product at the ANS (X-MSS-NIL); null leaves the header out.</summary>
    public string? Nil { get; private init; }

    /// <summary>Largest encoded mail, bytes.</summary>
    public long MaxBytes { get; private init; } = 10 * 1024 * 1024;

    /// <summary>Between two looks into a mailbox.</summary>
    public TimeSpan Poll { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long mails stay here: six months, as the référentiel recommends for traces, or longer. The operator's mailbox keeps
    /// them for whoever needs more; of a mail that was removed here the audit trail still says who did what and when.
    /// </summary>
    public TimeSpan Keep { get; private init; } = TimeSpan.FromDays(LeastDays);

    /// <summary>Six months.</summary>
    public const int LeastDays = 183;

    /// <summary>Whether there is an operator.</summary>
    public bool IsConfigured => Smtp is not null;

    /// <summary>The password of a mailbox, where the operator wants one beside the certificate.</summary>
    public string? PasswordOf(string address) => passwordOf(address) is { Length: > 0 } password ? password : null;

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="StartRefusedException">Half an operator: better no start than a mail that goes astray.</exception>
    public static OperatorSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("SecureMail");
        string? Of(string key) => section[key] is { Length: > 0 } value ? value : null;
        var poll = section.GetValue("PollSeconds", 60d);
        if (poll is not (>= 0.1 and <= 86_400))
            throw new StartRefusedException("SecureMail:PollSeconds must be between 0.1 and 86400.");
        var largest = section.GetValue("MaxMegabytes", 10d);
        if (largest is not (>= 0.1 and <= 100))
            throw new StartRefusedException("SecureMail:MaxMegabytes must be between 0.1 and 100.");
        var keep = section.GetValue("KeepDays", LeastDays);
        if (keep is not (>= LeastDays and <= 3650))
            throw new StartRefusedException($"SecureMail:KeepDays must be between {LeastDays} and 3650.");
        if (Of("Nil") is { } nil && !nil.All(c => c is > ' ' and < (char)127))
            throw new StartRefusedException("SecureMail:Nil must be plain characters without spaces.");
        var none = Of("Operator:Smtp") is null && Of("Operator:Imap") is null;
        // A colon ends a configuration key and an address has none, so the address can be the key.
        return new OperatorSettings(address => section[$"Passwords:{address}"])
        {
            Name = Of("Operator:Name") ?? "MSSanté",
            Imap = none ? null : EndpointOf("Imap", Of("Operator:Imap")),
            Smtp = none ? null : EndpointOf("Smtp", Of("Operator:Smtp")),
            SmtpStartTls = section.GetValue("Operator:SmtpStartTls", false),
            Certificate = none
                ? null
                : Client(Required("Certificate", Of("Operator:Certificate")), section["Operator:CertificatePassword"]),
            TrustStore = none ? [] : Trust(Required("TrustStore", Of("Operator:TrustStore"))),
            DomainsPath = Of("Domains"),
            Nil = Of("Nil"),
            MaxBytes = (long)(largest * 1024 * 1024),
            Poll = TimeSpan.FromSeconds(poll),
            Keep = TimeSpan.FromDays(keep),
        };
    }

    private static string Required(string key, string? value) =>
        value ?? throw new StartRefusedException($"SecureMail:Operator:{key} is missing: mutual TLS needs it.");

    private static Endpoint EndpointOf(string key, string? value) =>
        value?.LastIndexOf(':') is { } colon and > 0 && ushort.TryParse(value[(colon + 1)..], out var port) && port > 0
            ? new(value[..colon], port)
            : throw new StartRefusedException($"SecureMail:Operator:{key} must be host:port.");

    private static X509Certificate2 Client(string path, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey
                ? certificate
                : throw new StartRefusedException($"SecureMail:Operator:Certificate: {path} holds no private key.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"SecureMail:Operator:Certificate: {path} cannot be read (missing file or wrong password).");
        }
    }

    private static X509Certificate2Collection Trust(string path)
    {
        try
        {
            var store = new X509Certificate2Collection();
            store.ImportFromPemFile(path);
            return store.Count > 0
                ? store
                : throw new StartRefusedException($"SecureMail:Operator:TrustStore: {path} holds no certificate.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"SecureMail:Operator:TrustStore: {path} cannot be read.");
        }
    }
}
