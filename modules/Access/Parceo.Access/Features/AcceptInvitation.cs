using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Makes the account of an invited person. For an address that has one already it writes nothing (S6): that account joins
/// by <see cref="JoinByInvitation"/> after signing in. The answer is the same, so it does not tell which it was (S5).
/// </summary>
internal static class AcceptInvitation
{
    [Audited, OpenToAnyone("The link from the mail is the right to do it.")]
    public sealed record Command(string Token, string Name, string Password) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Token).NotNull().MaximumLength(200);
            RuleFor(c => c.Name).Must(PersonName.IsValid).WithMessage("name_invalid");
            RuleFor(c => c.Password).NotNull().MaximumLength(1000);
        }
    }

    public sealed class Handler(AccessDb db, Passwords passwords, SecondPerson second, IIds ids, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var hash = Secrets.Hash(command.Token);
            var link = await db.Links.SingleOrDefaultAsync(l => l.Hash == hash && l.Purpose == LinkPurpose.Invitation, ct);
            if (link is null || !link.IsLive(now))
                throw new NotFoundException("link_unknown");
            var organisation = await db.Organisations.Where(o => o.Id == link.OrganisationId).Select(o => o.Name).SingleAsync(ct);
            Passwords.Check(command.Password, link.Email, command.Name, organisation);

            var email = EmailAddress.Normalize(link.Email);
            if (await db.People.AnyAsync(p => p.NormalizedEmail == email, ct))
            {
                passwords.Pretend(command.Password);
                return Unit.Value;
            }
            var person = new Person(ids.New(), link.Email, command.Name.Trim(), null, now);
            passwords.Set(person, command.Password, organisation);
            db.People.Add(person);
            await db.Accept(link, person, await second.Needed(link, ct), ids, now, ct);
            link.Use(now);
            note.About("person", person.Id);
            if (link.OrganisationId is { } joined)
                note.In(joined); // nobody is signed in yet
            return Unit.Value;
        }
    }
}
