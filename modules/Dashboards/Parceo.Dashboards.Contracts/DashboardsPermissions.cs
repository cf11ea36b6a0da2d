namespace Parceo.Dashboards.Contracts;

/// <summary>Permissions of the module.</summary>
public static class DashboardsPermissions
{
    /// <summary>Read indicators, of whatever the two below allow.</summary>
    public const string Read = "dashboards.read";

    /// <summary>Those of what one's own organisation regulates.</summary>
    public const string ReadOwn = "dashboards.read-own";

    /// <summary>Those of one's territory, whoever regulates; cells under 11 are hidden (D37).</summary>
    public const string ReadTerritory = "dashboards.read-territory";

    /// <summary>See what a figure was counted from: dates and references, never a person.</summary>
    public const string Sources = "dashboards.sources";

    /// <summary>Set the targets of one's own organisation.</summary>
    public const string SetTargets = "dashboards.set-targets";
}
