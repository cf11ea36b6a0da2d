namespace Parceo.Platform;

/// <summary>
/// Ordinary e-mail to a person's own address. Implemented by the Access module, which alone knows addresses. It says
/// nothing of a patient, ever (S66): health data goes by MSSanté.
/// </summary>
public interface IPersonMail
{
    /// <summary>Whether mails leave at all (<c>Mail:Smtp:Host</c>).</summary>
    bool IsConfigured { get; }

    /// <summary>Hands a plain text to the mail server; done when it took it, or when there is nobody to write to any more.</summary>
    /// <param name="personId">Account.</param>
    /// <param name="key">The same for a repeated delivery: mail programs know the copy by its Message-ID.</param>
    /// <param name="subject">One line.</param>
    /// <param name="text">Plain text.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="Exception">The server could not be reached, or refused: try again later.</exception>
    Task Send(Guid personId, Guid key, string subject, string text, CancellationToken ct);
}
