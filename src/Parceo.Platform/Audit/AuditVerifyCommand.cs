using Parceo.Platform.Cli;

namespace Parceo.Platform.Audit;

internal sealed class AuditVerifyCommand(AuditVerifier verifier) : IParceoCommand
{
    public string Verb => "audit verify";
    public string Usage => "";
    public string Summary => "Check the audit trail's hash chains; names the first bad row.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var verdict = await verifier.Verify(ct);
        if (verdict.Problem is { } problem)
            throw new CommandException(problem);
        Console.WriteLine($"{verdict.Rows} rows in {verdict.Chains} chains: intact.");
        return 0;
    }
}
