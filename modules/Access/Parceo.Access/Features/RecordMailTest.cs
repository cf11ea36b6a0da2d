using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>An administrator had a mail sent to themselves, and the server took it.</summary>
internal static class RecordMailTest
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(AccessDb db, ICurrentUser user, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            (await db.Organisations.SingleAsync(o => o.Id == user.OrganisationId, ct)).MailTested(clock.GetUtcNow());
            note.About("organisation", user.OrganisationId);
            return Unit.Value;
        }
    }
}
