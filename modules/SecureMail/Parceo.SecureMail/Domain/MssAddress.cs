namespace Parceo.SecureMail.Domain;

/// <summary>What an address is, before anything leaves (S47).</summary>
internal static class MssAddress
{
    private const string PatientDomain = "patient.mssante.fr";
    private const int Longest = 254;

    /// <summary>An address in lower case, or null when the text is none. Letters, digits and <c>. _ - + '</c> only: no operator gives others.</summary>
    public static string? Parse(string? text)
    {
        text = text?.Trim().ToLowerInvariant();
        if (text is not { Length: > 2 and <= Longest } || text.IndexOf('@', StringComparison.Ordinal) is not (> 0 and <= 64 and var at))
            return null;
        var (local, domain) = (text[..at], text[(at + 1)..]);
        if (
            !local.All(c => char.IsAsciiLetterOrDigit(c) || ".-_+'".Contains(c, StringComparison.Ordinal))
            || local[0] == '.'
            || local[^1] == '.'
            || local.Contains("..", StringComparison.Ordinal)
        )
            return null;
        return IsDomain(domain) ? text : null;
    }

    /// <summary>Whether a text is a domain name of at least two labels, in lower case ASCII.</summary>
    public static bool IsDomain(string text) =>
        text.Length <= 253
        && text.Split('.') is { Length: > 1 } labels
        && labels.All(l =>
            l.Length is > 0 and <= 63
            && l[0] != '-'
            && l[^1] != '-'
            && l.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        );

    /// <summary>The domain of a parsed address.</summary>
    public static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    /// <summary>A patient's address contains their INS.</summary>
    public static bool IsPatient(string address) => DomainOf(address) == PatientDomain;

    /// <summary>As shown on screens: a patient's number is masked.</summary>
    public static string Shown(string address) => IsPatient(address.ToLowerInvariant()) ? $"•••@{PatientDomain}" : address;

    /// <summary>Why nothing may be sent there (an error code), or null.</summary>
    public static string? Refusal(string address, IReadOnlySet<string> trustedDomains) =>
        IsPatient(address) ? "mail_patient_refused"
        : trustedDomains.Count == 0 ? "mail_no_domains"
        : trustedDomains.Contains(DomainOf(address)) ? null
        : "mail_ordinary_refused";
}
