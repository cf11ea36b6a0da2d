namespace Parceo.Platform.Modules;

/// <summary>The short name of a request type in traces and in the audit trail: <c>BookSlot</c>, <c>FindPeople</c>.</summary>
public static class RequestName
{
    /// <summary>The feature's name for a nested Command or Query, the type's own name otherwise.</summary>
    public static string Of(Type request) => request.DeclaringType?.Name ?? request.Name;
}
