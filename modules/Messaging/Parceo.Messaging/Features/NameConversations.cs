using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Titles of one's own conversations of several people; that of two is the other's name, which is said already.</summary>
internal static class NameConversations
{
    /// <param name="Ids">At most 100.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(IReadOnlyList<Guid> Ids) : IRequest<IReadOnlyDictionary<Guid, string>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Ids).Must(ids => ids.Count <= 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, ConversationLines lines)
        : IRequestHandler<Query, IReadOnlyDictionary<Guid, string>>
    {
        public async Task<IReadOnlyDictionary<Guid, string>> Handle(Query query, CancellationToken ct)
        {
            var mine = await db
                .Conversations.AsNoTracking()
                .Where(c =>
                    query.Ids.Contains(c.Id)
                    && c.Kind != ConversationKind.Direct
                    && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null)
                )
                .ToListAsync(ct);
            return await lines.Titles(mine, ct);
        }
    }
}
