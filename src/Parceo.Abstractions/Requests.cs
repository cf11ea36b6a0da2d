namespace Parceo;

/// <summary>
/// Who may try this request: the permission's name, for example <c>slots.book</c>. Object rules (own organisation,
/// territory…) stand beside the handler as an access rule. A request that carries none of the three attributes of
/// this file stops the start of the host (S13).
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RequiresAttribute(string permission) : Attribute
{
    /// <summary>The permission, in the form <c>module.verb</c>.</summary>
    public string Permission { get; } = permission;
}

/// <summary>Anyone may send this request, signed in or not: part of the reviewed public list (S1).</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OpenToAnyoneAttribute(string reason) : Attribute
{
    /// <summary>Why it is safe, for the reviewer of the public list.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Every signed-in person may send this request; what it answers is filtered by their rights.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OpenToSignedInAttribute(string reason) : Attribute
{
    /// <summary>Why no permission is needed.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Sent by the host itself only (jobs, the command line, the demo world): no person may.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SystemOnlyAttribute : Attribute;

/// <summary>
/// A request of the host itself that only notes what it is about to do: nobody did anything, so the trail says nothing of
/// it. What follows from it leaves its own traces.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BookkeepingAttribute(string reason) : Attribute
{
    /// <summary>Why nothing happened.</summary>
    public string Reason { get; } = reason;
}

/// <summary>
/// A read that leaves a trace before its answer leaves the server, because it shows a patient's data (S31).
/// Requests that change something are always traced and need no mark.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AuditedAttribute : Attribute;
