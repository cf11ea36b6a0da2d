namespace Parceo.Feedback.Contracts;

/// <summary>Permissions of the module.</summary>
public static class FeedbackPermissions
{
    /// <summary>Write the reports that one owes. Never a delegate's: the author answers for the text.</summary>
    public const string Write = "feedback.write";

    /// <summary>See that reports wait, for oneself or for a professional who delegated this: from whom and when, never the text.</summary>
    public const string See = "feedback.see";

    /// <summary>Read the reports addressed to oneself, or to a professional who granted this by name; confirm the reading.</summary>
    public const string Read = "feedback.read";
}
