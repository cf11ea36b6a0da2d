using MediatR;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Features;
using Parceo.Platform;

namespace Parceo.Messaging.Pages;

/// <summary>In which conversation somebody wrote, beside the notice of it.</summary>
internal sealed class ConversationNames(ISender sender, ICurrentUser user) : NoticeNames
{
    public override Task<IReadOnlyDictionary<Guid, string>> Of(IReadOnlyList<Guid> topics, CancellationToken ct) =>
        user.Can(MessagingPermissions.Use)
            ? sender.Send(new NameConversations.Query(topics), ct)
            : Task.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());
}
