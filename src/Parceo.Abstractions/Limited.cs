namespace Parceo;

/// <summary>What is counted against a limit (S49): how much of it one person, one organisation and one network address may ask for.</summary>
public enum LimitKind
{
    /// <summary>Looking through many things.</summary>
    Search,

    /// <summary>A table or sheet to take away.</summary>
    Export,

    /// <summary>A file taken in.</summary>
    Upload,

    /// <summary>Something written to others.</summary>
    Message,

    /// <summary>A reaction to a message, or its removal.</summary>
    Reaction,

    /// <summary>The sign that one is writing.</summary>
    Typing,

    /// <summary>A place held or booked.</summary>
    Booking,

    /// <summary>A conversation begun, or people brought into one.</summary>
    Conversation,
}

/// <summary>The request counts against a limit where a person sends it; sent by another request it does not.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LimitedAttribute(LimitKind kind) : Attribute
{
    /// <summary>Which.</summary>
    public LimitKind Kind { get; } = kind;
}

/// <summary>
/// A question whose answer may be taken away as a table or workbook (S44): it then counts as an export, asks for a recent proof
/// of identity (S10), and leaves its number of rows in the trail.
/// </summary>
public interface IExport
{
    /// <summary>Most rows of a table to take away.</summary>
    const int MostRows = 50_000;

    /// <summary>False while it is only looked at.</summary>
    bool IsExport { get; }
}

/// <summary>The same for a request whose content decides against which limit it counts.</summary>
public interface ILimited
{
    /// <summary>Which.</summary>
    LimitKind Limit { get; }
}
