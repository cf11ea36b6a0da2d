using System.Collections.Frozen;

namespace Parceo.Platform.Sending;

/// <summary>A permission as its module declared it.</summary>
/// <param name="Name"><c>module.verb</c></param>
/// <param name="Sensitive">It reaches patients' data or books: held only after a second factor was proven (S3).</param>
/// <param name="Roles">The roles that grant it.</param>
public sealed record PermissionGrant(string Name, bool Sensitive, IReadOnlyList<string> Roles);

/// <summary>All permissions of the enabled modules, and what each role grants. Read-only once the host has started.</summary>
public sealed class PermissionCatalog
{
    private readonly Dictionary<string, PermissionGrant> permissions = new(StringComparer.Ordinal);

    /// <summary>Every permission.</summary>
    public IReadOnlyCollection<PermissionGrant> All => permissions.Values;

    /// <summary>What the roles grant together; sensitive permissions only when a second factor was proven.</summary>
    public FrozenSet<string> Granted(IReadOnlyCollection<string> roles, bool secondFactorProven) =>
        permissions
            .Values.Where(p => (secondFactorProven || !p.Sensitive) && p.Roles.Any(roles.Contains))
            .Select(p => p.Name)
            .ToFrozenSet();

    /// <summary>Whether any of these roles needs a second factor (S3).</summary>
    public bool NeedsSecondFactor(IReadOnlyCollection<string> roles) =>
        permissions.Values.Any(p => p.Sensitive && p.Roles.Any(roles.Contains));

    internal void Add(PermissionGrant permission)
    {
        if (!permissions.TryAdd(permission.Name, permission))
            throw new StartRefusedException($"The permission '{permission.Name}' is declared twice.");
    }

    internal bool Knows(string name) => permissions.ContainsKey(name);

    internal bool WaitsForSecondFactor(string name, ICurrentUser user) =>
        permissions.TryGetValue(name, out var p) && p.Sensitive && p.Roles.Any(user.Rights.Roles.Contains);
}
