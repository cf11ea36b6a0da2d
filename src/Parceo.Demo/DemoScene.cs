using Parceo.Access.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.SecureMail.Contracts;

namespace Parceo.Demo;

/// <summary>Writes one conversation of the demo world, entry by entry, minutes after its beginning.</summary>
internal sealed class DemoScene(MessagingDb db, MessageSeal seal, Conversation conversation, int number, DateTimeOffset begun)
{
    private const int Entries = 72,
        Topics = 73;

    public Guid Id => conversation.Id;

    public long Say(
        CastMember by,
        int minute,
        string text,
        CastMember? named = null,
        long? answers = null,
        Guid? topic = null,
        bool priority = false
    )
    {
        var seq = Add(by, minute, EntryKind.Message, new EntryBody(text, named is null ? null : [named.Id], answers, topic, priority));
        if (named is not null)
            db.Mentions.Add(new Mention(Id, seq, named.Id));
        Seen(by);
        return seq;
    }

    public void React(CastMember by, int minute, long target, string emoji) =>
        Add(by, minute, EntryKind.React, new EntryBody(Emoji: emoji), target);

    public void Take(CastMember by, int minute, long target)
    {
        Add(by, minute, EntryKind.Take, null, target);
        db.Assignments.Add(new Assignment(Id, target, by.Id));
    }

    /// <summary>Leaves by MSSanté, arrives, and is answered.</summary>
    public void Correspond(CastMember by, int minute, MailTo to, string text, int answered, string answer)
    {
        var seq = Add(by, minute, EntryKind.Mail, new EntryBody(text, Mail: to));
        db.MailEntries.Add(
            new MailEntry(DemoCast.IdOf(Entries, (number * 1000) + (int)seq), Id, seq, by.Id, by.Organisation.Id, begun.AddMinutes(minute))
        );
        Add(by, minute + 1, EntryKind.MailState, new EntryBody(State: MailState.Received), seq);
        Seen(by);
        Add(null, answered, EntryKind.Message, new EntryBody(answer, ReplyTo: seq, Outside: new Outsider(to.Name, to.To, Guid.Empty, 0)));
    }

    public Guid Open(CastMember by, int minute, int topic, string title)
    {
        var id = DemoCast.IdOf(Topics, (number * 100) + topic);
        db.Topics.Add(new Topic(id, Id, by.Id, seal.Topic(title, conversation.OrganisationId, id), begun.AddMinutes(minute)));
        Add(by, minute, EntryKind.Topic, new EntryBody(Topic: id, Title: title));
        return id;
    }

    public void Resolve(CastMember by, int minute, Guid topic)
    {
        db.Topics.Local.First(t => t.Id == topic).Resolve(true, begun.AddMinutes(minute));
        Add(by, minute, EntryKind.Resolve, new EntryBody(Topic: topic));
    }

    public void Assign(CastMember by, int minute, CastMember to)
    {
        conversation.Assign(to.Id);
        Add(by, minute, EntryKind.Assign, new EntryBody(Person: to.Id));
    }

    public void Finish(CastMember by, int minute)
    {
        conversation.Finish(begun.AddMinutes(minute));
        Add(by, minute, EntryKind.Done, null);
    }

    /// <summary>They have read all there is so far.</summary>
    public void Seen(params CastMember[] who)
    {
        foreach (var member in conversation.Members.Where(m => Array.Exists(who, w => w.Id == m.PersonId)))
            member.Read(conversation.LastSeq);
    }

    private long Add(CastMember? by, int minute, EntryKind kind, EntryBody? body, long? target = null)
    {
        var at = begun.AddMinutes(minute);
        var seq = conversation.Next(kind, at);
        conversation.Told(null); // nobody is woken by a demonstration
        var id = DemoCast.IdOf(Entries, (number * 1000) + (int)seq);
        db.Entries.Add(
            new Entry(
                id,
                Id,
                seq,
                kind,
                by?.Id ?? Guid.Empty,
                id,
                at,
                target,
                body?.Topic,
                body is null ? null : seal.Body(body, conversation.OrganisationId, id)
            )
        );
        return seq;
    }
}
