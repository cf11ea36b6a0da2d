using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>One's own name, as colleagues read it.</summary>
internal static class RenameMe
{
    [OpenToSignedIn("One's own name.")]
    public sealed record Command(string Name, string? Title) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Must(PersonName.IsValid).WithMessage("name_invalid");
            RuleFor(c => c.Title).Must(t => string.IsNullOrEmpty(t) || PersonName.Titles.Contains(t)).WithMessage("title_unknown");
        }
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, AuditNote note) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var person = await db.People.SingleAsync(p => p.Id == user.Id, ct);
            person.Call(command.Name.Trim(), string.IsNullOrEmpty(command.Title) ? null : command.Title);
            note.About("person", person.Id);
            return Unit.Value;
        }
    }
}
