using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Features;

/// <summary>A mail counts as read, or waits again, for everybody who opens its mailbox.</summary>
internal static class MarkMail
{
    [Requires(SecureMailPermissions.Read)]
    public sealed record Command(Guid Id, bool Read) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SecureMailDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var mail = await db.Received.SingleOrDefaultAsync(m => m.Id == command.Id && m.Kind != InKind.Report, ct)
                ?? throw new NotFoundException("mail_unknown");
            if (command.Read)
                mail.Read(user.Id, clock.GetUtcNow());
            else
                mail.Unread();
            return Unit.Value;
        }
    }

    public sealed record Body(bool Read);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("mails/{id:guid}/mark", async (Guid id, Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(id, body.Read), ct);
                return TypedResults.NoContent();
            })
            .WithName("MarkMail")
            .WithSummary("Read, or to be read")
            .ProducesProblem(404);
}
