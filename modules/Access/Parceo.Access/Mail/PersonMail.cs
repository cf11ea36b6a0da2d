using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Mail;

/// <summary>Answers <see cref="IPersonMail"/>: to the sign-in address of an account that is not disabled.</summary>
internal sealed class PersonMail(AccessDb db, MailOut mails) : IPersonMail
{
    public bool IsConfigured => mails.IsConfigured;

    public async Task Send(Guid personId, Guid key, string subject, string text, CancellationToken ct)
    {
        var address = await db.People.Where(p => p.Id == personId && p.DisabledAt == null).Select(p => p.Email).SingleOrDefaultAsync(ct);
        if (address is not null)
            await mails.Send(new OutgoingMail(address, subject, text, key), ct);
    }
}
