namespace Parceo.Messaging.Domain;

/// <summary>A desk that answers as one: a secretariat, a support unit. Each thread with it is a conversation of its own.</summary>
internal sealed class Desk : Platform.IOwned
{
    private Desk() { }

    public Desk(Guid id, Guid organisationId, string name, string purpose, DateTimeOffset now)
    {
        Id = id;
        OrganisationId = organisationId;
        Name = name;
        Purpose = purpose;
        OpenedAt = now;
    }

    public Guid Id { get; private set; }
    public Guid OrganisationId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>What to write to it for; shown where somebody chooses a recipient.</summary>
    public string Purpose { get; private set; } = "";
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public Guid Version { get; private set; }
    public List<DeskMember> Members { get; private set; } = [];

    public void Describe(string name, string purpose, Guid version) => (Name, Purpose, Version) = (name, purpose, version);

    public void Close(DateTimeOffset now) => ClosedAt = now;

    /// <summary>Who answers from now on.</summary>
    public void Staff(IReadOnlyList<(Guid PersonId, string Name, string Line)> people, Guid version)
    {
        Members.RemoveAll(m => people.All(p => p.PersonId != m.PersonId));
        foreach (var (id, name, line) in people.Where(p => Members.All(m => m.PersonId != p.PersonId)))
            Members.Add(new DeskMember(Id, id, name, line));
        Version = version;
    }
}

/// <summary>Somebody who answers for a desk.</summary>
internal sealed class DeskMember
{
    private DeskMember() { }

    public DeskMember(Guid deskId, Guid personId, string name, string line)
    {
        DeskId = deskId;
        PersonId = personId;
        Name = name;
        Line = line;
    }

    public Guid DeskId { get; private set; }
    public Guid PersonId { get; private set; }
    public string Name { get; private set; } = "";
    public string Line { get; private set; } = "";
}
