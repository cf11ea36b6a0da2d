using System.Collections.Frozen;

namespace Parceo.Platform.Sending;

/// <summary>A permission as its module declared it.</summary>
/// <param name="Name"><c>module.verb</c></param>
/// <param name="Sensitive">It reaches patients' data or books: held only after a second factor was proven (S3).</param>
/// <param name="Roles">The roles that grant it.</param>
public sealed record PermissionGrant(string Name, bool Sensitive, IReadOnlyList<string> Roles)
{
    /// <summary>It concerns all organisations: held only where one works in the organisation that runs the installation.</summary>
    public bool OfInstallation { get; init; }
}

/// <summary>What a professional can let a delegate do for them (S20).</summary>
/// <param name="Permission">One of the role of delegate.</param>
/// <param name="Label">French, as in « peut : … ».</param>
/// <param name="Personal">Only the professional themselves grants it, by name: no administrator does it for them.</param>
public sealed record DelegableAction(string Permission, string Label, bool Personal);

/// <summary>All permissions of the enabled modules, and what each role grants. Read-only once the host has started.</summary>
public sealed class PermissionCatalog
{
    private readonly Dictionary<string, PermissionGrant> permissions = new(StringComparer.Ordinal);
    private readonly List<DelegableAction> delegable = [];

    /// <summary>Every permission.</summary>
    public IReadOnlyCollection<PermissionGrant> All => permissions.Values;

    /// <summary>What can be delegated, in the modules' order.</summary>
    public IReadOnlyList<DelegableAction> Delegable => delegable;

    /// <summary>A permission in the words of delegations; itself when it has none.</summary>
    public string LabelOf(string permission) => delegable.Find(a => a.Permission == permission)?.Label ?? permission;

    /// <summary>What the roles grant together; sensitive permissions only when a second factor was proven.</summary>
    /// <param name="roles">Of one organisation.</param>
    /// <param name="secondFactorProven">In this session.</param>
    /// <param name="runsInstallation">Whether that organisation runs the installation.</param>
    public FrozenSet<string> Granted(IReadOnlyCollection<string> roles, bool secondFactorProven, bool runsInstallation) =>
        permissions
            .Values.Where(p =>
                (secondFactorProven || !p.Sensitive) && (runsInstallation || !p.OfInstallation) && p.Roles.Any(roles.Contains)
            )
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

    internal void Add(DelegableAction action) => delegable.Add(action);

    /// <summary>What is wrong with what is said of delegations, for the start.</summary>
    internal IEnumerable<string> DelegationProblems()
    {
        var ofDelegates = permissions.Values.Where(p => p.Roles.Contains(Roles.Delegate)).Select(p => p.Name).ToHashSet();
        var named = delegable.ConvertAll(a => a.Permission);
        return ofDelegates
            .Except(named)
            .Select(p => $"The role of delegate grants '{p}', which has no words for delegations (AddDelegable).")
            .Concat(named.Except(ofDelegates).Select(p => $"'{p}' can be delegated, but the role of delegate does not grant it."))
            .Concat(named.GroupBy(p => p).Where(g => g.Count() > 1).Select(g => $"'{g.Key}' can be delegated twice."));
    }

    internal bool Knows(string name) => permissions.ContainsKey(name);

    internal bool WaitsForSecondFactor(string name, ICurrentUser user) =>
        permissions.TryGetValue(name, out var p) && p.Sensitive && p.Roles.Any(user.Rights.Roles.Contains);
}
