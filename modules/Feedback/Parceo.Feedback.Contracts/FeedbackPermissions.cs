namespace Parceo.Feedback.Contracts;

/// <summary>Permissions of the module.</summary>
public static class FeedbackPermissions
{
    /// <summary>Write the reports that one owes. Never a delegate's: the author answers for the text.</summary>
    public const string Write = "feedback.write";

    /// <summary>Read the reports addressed to oneself, or to a professional who delegated this.</summary>
    public const string Read = "feedback.read";
}
