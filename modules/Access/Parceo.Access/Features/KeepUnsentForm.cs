using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>
/// Somebody posted a form, and their session had ended meanwhile: what they typed is kept, sealed, until they have signed in
/// again (S77). A browser with scripts keeps it by itself; this is for all others.
/// </summary>
internal static class KeepUnsentForm
{
    private const int MostFields = 300,
        MostText = 100_000;

    // Never kept, nor anything typed beside them.
    private static readonly string[] Secrets = ["password", "current", "code", "ticket", "credential"];

    /// <param name="SessionId">Of the cookie: its seal says that this browser had the session.</param>
    /// <param name="Path">Where it was posted to.</param>
    /// <param name="Fields">Names and values, in order.</param>
    [OpenToAnyone("Their session has ended; the sealed cookie says whose it was.")]
    public sealed record Command(Guid SessionId, string Path, IReadOnlyList<Field> Fields) : IRequest<Response>;

    public sealed record Field(string Name, string Value);

    /// <param name="Kept">False for secrets, for too much, and where the session is not known any more.</param>
    public sealed record Response(bool Kept);

    /// <summary>As it is sealed.</summary>
    public sealed record Form(string Path, IReadOnlyList<Field> Fields);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Path).Must(p => LocalPath.Of(p) == p).WithMessage("form_unreadable");
            RuleFor(c => c.Fields).NotNull().WithMessage("form_unreadable");
        }
    }

    public sealed class Handler(AccessDb db, FieldCipher cipher, TimeProvider clock) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            if (
                command.Fields.Count is 0 or > MostFields
                || command.Fields.Sum(f => f.Name.Length + f.Value.Length) > MostText
                || command.Fields.Any(f => Secrets.Contains(f.Name, StringComparer.OrdinalIgnoreCase))
                || await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == command.SessionId, ct) is not { } session
            )
                return new(false);
            var kept = await db.UnsentForms.SingleOrDefaultAsync(f => f.SessionId == session.Id, ct);
            if (kept is null)
                db.UnsentForms.Add(kept = new UnsentForm(session.Id, session.PersonId));
            var form = JsonSerializer.Serialize(new Form(command.Path, command.Fields));
            kept.Keep(Seal(cipher, form, session.PersonId, session.Id), clock.GetUtcNow());
            return new(true);
        }
    }

    /// <summary>Sealed for its writer, whose key is nobody's organisation.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(typeof(UnsentForm), nameof(UnsentForm.Sealed), "access.unsent_form", nameof(UnsentForm.SessionId))
        {
            Organisation = nameof(UnsentForm.PersonId),
        },
    ];

    internal static byte[] Seal(FieldCipher cipher, string form, Guid person, Guid session) =>
        cipher.Seal(form, person, "access.unsent_form", "sealed", session);

    public static Form Open(FieldCipher cipher, UnsentForm kept) =>
        JsonSerializer.Deserialize<Form>(cipher.Open(kept.Sealed, kept.PersonId, "access.unsent_form", "sealed", kept.SessionId))!;
}
