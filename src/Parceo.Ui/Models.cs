namespace Parceo.Ui;

/// <summary>What a state asks of the reader. Colour never speaks alone: each has an icon of its own shape.</summary>
public enum StatusKind
{
    /// <summary>Nothing asked.</summary>
    Idle,

    /// <summary>Finished, agreed.</summary>
    Done,

    /// <summary>A deadline runs.</summary>
    Due,

    /// <summary>Danger or refusal only.</summary>
    Alert,

    /// <summary>Happening now, seen by someone.</summary>
    Live,

    /// <summary>Chosen, held for you.</summary>
    Accent,
}

/// <summary>Where a step of a <c>StateTrack</c> stands.</summary>
public enum StepState
{
    Ahead,
    Done,
    Current,
    Failed,
}

/// <summary>A step of a <c>StateTrack</c>: one word or two, and since when or who is awaited.</summary>
public sealed record TrackStep(string Label, StepState State, string? Detail = null);

/// <summary>A choice of a select, a group of chips or a segmented control made of radios.</summary>
public sealed record Choice(string Value, string Text);

/// <summary>A view of a <c>SegmentedControl</c>: a link, its state in the URL.</summary>
public sealed record Segment(string Text, string Href, bool IsCurrent = false);

/// <summary>An answer to correct. <paramref name="FieldId"/> is the id of the control, that the summary links to.</summary>
public sealed record FieldError(string FieldId, string Message);

/// <summary>What a control inside a <c>Field</c> must carry: <c>id</c>, <c>name</c>, <c>aria-describedby</c>, <c>aria-invalid</c>.</summary>
public sealed record FieldContext(string Id, string Name, string? DescribedBy, bool Invalid)
{
    /// <summary>The attributes, for <c>@attributes</c>.</summary>
    public IReadOnlyDictionary<string, object> Attributes
    {
        get
        {
            var attributes = new Dictionary<string, object> { ["id"] = Id, ["name"] = Name };
            if (DescribedBy is not null)
                attributes["aria-describedby"] = DescribedBy;
            if (Invalid)
                attributes["aria-invalid"] = "true";
            return attributes;
        }
    }

    /// <summary>The id of the control named <paramref name="name"/>: <c>Input.Email</c> gives <c>Input-Email</c>.</summary>
    public static string IdOf(string name) => name.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);
}

/// <summary>How a <c>Countdown</c> is drawn.</summary>
public enum CountdownStyle
{
    Text,
    Ring,
    SmallRing,
}

/// <summary>Sizes of an <c>Avatar</c>: 28, 36 and 64 px.</summary>
public enum AvatarSize
{
    Small,
    Normal,
    Large,
}

/// <summary>Sort of a column.</summary>
public enum SortDirection
{
    None,
    Ascending,
    Descending,
}
