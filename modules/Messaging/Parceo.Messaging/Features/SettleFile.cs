using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Ends a file's quarantine: readable, or its bytes are gone.</summary>
internal static class SettleFile
{
    [SystemOnly]
    public sealed record Command(Guid Id, bool Clean) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).NotEmpty().WithMessage("file_unknown");
    }

    public sealed class Handler(MessagingDb db) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (await db.Files.SingleOrDefaultAsync(f => f.Id == command.Id && f.State == FileState.Pending, ct) is not { } file)
                return Unit.Value;
            if (command.Clean)
                file.Store(file.Size, file.Sha256, FileState.Ready);
            else
            {
                file.Refuse();
                db.Chunks.RemoveRange(await db.Chunks.Where(c => c.FileId == file.Id).ToListAsync(ct));
            }
            return Unit.Value;
        }
    }
}
