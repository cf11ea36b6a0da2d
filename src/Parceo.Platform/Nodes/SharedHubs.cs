using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace Parceo.Platform.Nodes;

/// <summary>
/// A hub whose pushes reach the connections of every node: at once those of this one, as without Redis, and through
/// <see cref="NodeLink"/> those of the others. A single connection is spoken to by the node that holds it
/// (<c>Clients.Caller</c>), and enters groups there.
/// </summary>
internal sealed class SharedHubs<THub> : PromptHubs<THub>
    where THub : Hub
{
    private static readonly string Name = typeof(THub).FullName!;
    private readonly NodeLink link;

    public SharedHubs(NodeLink link, ILogger<DefaultHubLifetimeManager<THub>> log)
        : base(log)
    {
        this.link = link;
        link.Join(Name, Deliver);
    }

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        if (!link.IsWhole)
            await connection.WriteAsync(new InvocationMessage(NodeLink.Live, [false]));
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAllExceptAsync(methodName, args, [], cancellationToken);

    public override Task SendAllExceptAsync(
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default
    )
    {
        link.Send(Name, PushTo.All, [], excludedConnectionIds, methodName, args);
        return base.SendAllExceptAsync(methodName, args, excludedConnectionIds, cancellationToken);
    }

    public override Task SendGroupAsync(
        string groupName,
        string methodName,
        object?[] args,
        CancellationToken cancellationToken = default
    ) => SendGroupExceptAsync(groupName, methodName, args, [], cancellationToken);

    public override Task SendGroupExceptAsync(
        string groupName,
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default
    )
    {
        link.Send(Name, PushTo.Groups, [groupName], excludedConnectionIds, methodName, args);
        return base.SendGroupExceptAsync(groupName, methodName, args, excludedConnectionIds, cancellationToken);
    }

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames,
        string methodName,
        object?[] args,
        CancellationToken cancellationToken = default
    )
    {
        link.Send(Name, PushTo.Groups, groupNames, [], methodName, args);
        return base.SendGroupsAsync(groupNames, methodName, args, cancellationToken);
    }

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendUsersAsync([userId], methodName, args, cancellationToken);

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds,
        string methodName,
        object?[] args,
        CancellationToken cancellationToken = default
    )
    {
        link.Send(Name, PushTo.Users, userIds, [], methodName, args);
        return base.SendUsersAsync(userIds, methodName, args, cancellationToken);
    }

    /// <summary>What another node said, to this node's connections only.</summary>
    private Task Deliver(Push push)
    {
        object?[] arguments = [.. push.Arguments];
        return push switch
        {
            { To: PushTo.All } => base.SendAllExceptAsync(push.Method, arguments, push.Except),
            { To: PushTo.Users } => base.SendUsersAsync(push.Names, push.Method, arguments),
            { Names: [var group] } => base.SendGroupExceptAsync(group, push.Method, arguments, push.Except),
            _ => base.SendGroupsAsync(push.Names, push.Method, arguments),
        };
    }
}
