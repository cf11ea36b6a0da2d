namespace Parceo.Architecture.Tests;

/// <summary>How a rule speaks: one line for each violation, and why the rule exists.</summary>
internal static class Rule
{
    public static void Holds(string because, IEnumerable<string> violations)
    {
        var all = violations.Distinct().ToList();
        if (all.Count > 0)
            Assert.Fail($"{because}{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", all)}");
    }
}
