using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;

namespace Parceo.Messaging.Features;

/// <summary>What all files that somebody sent take, wherever: those of conversations that they have left count too.</summary>
internal static class CountFileBytes
{
    [SystemOnly]
    public sealed record Query(Guid OwnerId) : IRequest<long>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.OwnerId).NotEmpty();
    }

    public sealed class Handler(MessagingDb db) : IRequestHandler<Query, long>
    {
        public Task<long> Handle(Query query, CancellationToken ct) =>
            db.Files.Where(f => f.OwnerId == query.OwnerId && f.State != FileState.Refused).SumAsync(f => f.Size, ct);
    }
}
