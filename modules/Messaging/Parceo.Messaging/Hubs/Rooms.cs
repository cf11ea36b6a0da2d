using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;
using Parceo.Platform.Nodes;

namespace Parceo.Messaging.Hubs;

/// <summary>A member as the queue and the pushes need them.</summary>
internal sealed record RoomMember(Guid PersonId, MemberRole Role, long FromSeq);

/// <summary>
/// Who is in which conversation, as of a version of its members, and who of them is connected to this node. The version
/// comes from the row that the transaction wrote, so an entry is never pushed to somebody whose leaving came before it.
/// </summary>
internal sealed class Rooms(MessagingConnections connections, NodeHints nodes, IServiceScopeFactory scopes)
{
    /// <summary>Of hints between nodes.</summary>
    public const string Topic = "messaging";

    // Rooms that nobody of this node is in are forgotten above this number (S50).
    private const int MostKept = 20_000;
    private const int MostPushed = 100,
        MostLooked = 500;
    private readonly ConcurrentDictionary<Guid, Room> rooms = new();

    private sealed class Room
    {
        public readonly Lock Gate = new();
        public int Version = -1;
        public Dictionary<Guid, RoomMember> Members = [];
        public OpenConnection[] Here = [];
        public long Pushed;
    }

    /// <summary>The members as of a version; null when they have to be read.</summary>
    public IReadOnlyDictionary<Guid, RoomMember>? MembersOf(Guid conversation, int version)
    {
        if (!rooms.TryGetValue(conversation, out var room))
            return null;
        lock (room.Gate)
            return room.Version == version ? room.Members : null;
    }

    /// <summary>Takes over members that were read; an older version than the known one changes nothing.</summary>
    public void Know(Guid conversation, int version, IEnumerable<RoomMember> members)
    {
        if (rooms.Count > MostKept)
            Forget();
        var room = rooms.GetOrAdd(conversation, _ => new Room());
        lock (room.Gate)
        {
            if (version <= room.Version)
                return;
            room.Version = version;
            room.Members = members.ToDictionary(m => m.PersonId);
            room.Here = [.. room.Members.Keys.SelectMany(connections.Of)];
        }
    }

    /// <summary>A connection of somebody begins to hear their conversations.</summary>
    public async Task Enter(OpenConnection connection, CancellationToken ct)
    {
        await using var scope = System(out var db);
        connection.Shown = await db
            .Profiles.AsNoTracking()
            .Where(p => p.PersonId == connection.PersonId)
            .Select(p => (bool?)p.ShowsPresence)
            .SingleOrDefaultAsync(ct)
            ?? true;
        var mine = await db
            .Members.AsNoTracking()
            .Where(m => m.PersonId == connection.PersonId && m.LeftAt == null)
            .Join(db.Conversations, m => m.ConversationId, c => c.Id, (m, c) => new { c.Id, c.MembersVersion })
            .ToListAsync(ct);
        var unknown = mine.Where(c => MembersOf(c.Id, c.MembersVersion) is null).ToDictionary(c => c.Id, c => c.MembersVersion);
        if (unknown.Count > 0)
        {
            foreach (var members in (await Read(db, [.. unknown.Keys], ct)).GroupBy(m => m.ConversationId))
                Know(members.Key, unknown[members.Key], members.Select(m => m.Member));
        }
        foreach (var conversation in mine)
            Settle(conversation.Id, connection.PersonId);
    }

    /// <summary>A connection ended.</summary>
    public void Leave(OpenConnection connection)
    {
        foreach (var (id, room) in rooms)
            if (room.Here.Contains(connection))
                Settle(id, connection.PersonId);
    }

    /// <summary>After the commit: to the members' connections of this node, and a hint to the others.</summary>
    public void Push(Guid conversation, int version, IReadOnlyList<WireEntry> entries)
    {
        nodes.Tell(Topic, conversation, entries[^1].Seq, version);
        if (Here(conversation, version, entries[^1].Seq) is not { Length: > 0 } here)
            return;
        var message = connections.Entries(entries);
        foreach (var connection in here)
            connection.Send(message);
    }

    /// <summary>Whether a hint of another node says something that this one does not know and somebody here may want to.</summary>
    public bool Lacks(Guid conversation, long seq, int version)
    {
        if (!rooms.TryGetValue(conversation, out var room))
            return true;
        lock (room.Gate)
            return room.Version < version || (room.Here.Length > 0 && room.Pushed < seq);
    }

    /// <summary>What only shows for a moment, to the others of a conversation on this node.</summary>
    public void Tell(Guid conversation, Guid? except, string method, params object?[] arguments)
    {
        if (!rooms.TryGetValue(conversation, out var room) || room.Here is not { Length: > 0 } here)
            return;
        var message = MessagingConnections.Message(method, arguments);
        foreach (var connection in here)
            if (connection.PersonId != except)
                connection.Send(message);
    }

    /// <summary>Who of it is connected here and lets it be seen.</summary>
    public IReadOnlyList<Guid> PresentIn(Guid conversation) =>
        rooms.TryGetValue(conversation, out var room) ? [.. room.Here.Where(c => c.Shown).Select(c => c.PersonId).Distinct()] : [];

    /// <summary>Whether somebody is in a conversation, as far as this node knows.</summary>
    public bool Has(Guid conversation, Guid personId) =>
        rooms.TryGetValue(conversation, out var room) && room.Members.ContainsKey(personId);

    /// <summary>Reads what was stored elsewhere (a request, another node) and pushes what was not pushed yet.</summary>
    public async Task CatchUp(Guid conversation, bool tellOthers, CancellationToken ct)
    {
        await using var scope = System(out var db);
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversation, ct) is not { } now)
            return;
        if (tellOthers)
            nodes.Tell(Topic, conversation, now.LastSeq, now.MembersVersion);
        if (MembersOf(conversation, now.MembersVersion) is null)
            Know(conversation, now.MembersVersion, (await Read(db, [conversation], ct)).Select(m => m.Member));
        if (!rooms.TryGetValue(conversation, out var room) || room.Here.Length == 0)
            return;
        var from = Volatile.Read(ref room.Pushed);
        if (from >= now.LastSeq)
            return;
        if (from == 0 || now.LastSeq - from > MostPushed)
        {
            if (Here(conversation, now.MembersVersion, now.LastSeq) is { } all)
                foreach (var connection in all)
                    connection.Send(MessagingConnections.Message("hint", conversation, now.LastSeq));
            return;
        }
        var seal = scope.ServiceProvider.GetRequiredService<MessageSeal>();
        // Up to what the row said together with its members: what came later may be after somebody's leaving (S24).
        var missing = await db
            .Entries.AsNoTracking()
            .Where(e => e.ConversationId == conversation && e.Seq > from && e.Seq <= now.LastSeq)
            .OrderBy(e => e.Seq)
            .ToListAsync(ct);
        if (missing.Count == 0 || Here(conversation, now.MembersVersion, now.LastSeq) is not { Length: > 0 } here)
            return;
        var message = connections.Entries([.. missing.Select(e => WireEntry.Of(e, now.OrganisationId, seal))]);
        var members = room.Members;
        foreach (var connection in here)
            if (members.TryGetValue(connection.PersonId, out var member) && member.FromSeq <= missing[0].Seq)
                connection.Send(message);
            else
                connection.Send(MessagingConnections.Message("hint", conversation, now.LastSeq)); // who came in the middle fetches what is theirs
    }

    /// <summary>Conversations that got something lately: for a node that may not have heard the others (S51).</summary>
    public async Task Look(DateTimeOffset since, CancellationToken ct)
    {
        var changed = new List<Guid>();
        await using (System(out var db))
        {
            for (var (at, id) = (since, Guid.Empty); ; )
            {
                var page = await db
                    .Conversations.AsNoTracking()
                    .Where(c => c.LastAt > at || (c.LastAt == at && c.Id.CompareTo(id) > 0))
                    .OrderBy(c => c.LastAt)
                    .ThenBy(c => c.Id)
                    .Select(c => new
                    {
                        c.Id,
                        c.LastAt,
                        c.LastSeq,
                        c.MembersVersion,
                    })
                    .Take(MostLooked)
                    .ToListAsync(ct);
                changed.AddRange(page.Where(c => Lacks(c.Id, c.LastSeq, c.MembersVersion)).Select(c => c.Id));
                if (page.Count < MostLooked)
                    break;
                (at, id) = (page[^1].LastAt, page[^1].Id);
            }
        }
        foreach (var id in changed)
            await CatchUp(id, tellOthers: false, ct);
    }

    private OpenConnection[]? Here(Guid conversation, int version, long last)
    {
        if (!rooms.TryGetValue(conversation, out var room))
            return null;
        lock (room.Gate)
        {
            // Somebody joined or left between the commit and now: whoever is in at this moment may read what was
            // stored before, if it is theirs; clients fetch, and the database decides.
            // A gap before it is seen by its number, and fetched too.
            room.Pushed = Math.Max(room.Pushed, last);
            if (room.Version == version)
                return room.Here;
            var hint = MessagingConnections.Message("hint", conversation, last);
            foreach (var connection in room.Here)
                connection.Send(hint);
            return null;
        }
    }

    private void Settle(Guid conversation, Guid personId)
    {
        if (!rooms.TryGetValue(conversation, out var room))
            return;
        lock (room.Gate)
        {
            var others = room.Here.Where(c => c.PersonId != personId);
            room.Here = [.. others, .. room.Members.ContainsKey(personId) ? connections.Of(personId) : []];
        }
    }

    private void Forget()
    {
        foreach (var (id, room) in rooms)
            if (room.Here.Length == 0)
                rooms.TryRemove(id, out _);
    }

    private static async Task<List<(Guid ConversationId, RoomMember Member)>> Read(
        MessagingDb db,
        List<Guid> conversations,
        CancellationToken ct
    ) =>
        [
            .. (
                await db
                    .Members.AsNoTracking()
                    .Where(m => conversations.Contains(m.ConversationId) && m.LeftAt == null)
                    .Select(m => new
                    {
                        m.ConversationId,
                        m.PersonId,
                        m.Role,
                        m.FromSeq,
                    })
                    .ToListAsync(ct)
            ).Select(m => (m.ConversationId, new RoomMember(m.PersonId, m.Role, m.FromSeq))),
        ];

    private AsyncServiceScope System(out MessagingDb db)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("messaging-rooms");
        db = scope.ServiceProvider.GetRequiredService<MessagingDb>();
        return scope;
    }
}
