namespace Parceo.Testing;

/// <summary>Limits per person, organisation and address (S49). Tests and benchmarks do in a second what people do in a day.</summary>
public static class TestLimits
{
    /// <summary><c>Limits:Scale</c> of every host that tests start…</summary>
    public const string Raised = "10000";

    /// <summary>… and of those that test the limits themselves.</summary>
    public const string Usual = "1";
}
