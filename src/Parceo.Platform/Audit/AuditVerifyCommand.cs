using Parceo.Platform.Cli;

namespace Parceo.Platform.Audit;

internal sealed class AuditVerifyCommand(AuditVerifier verifier) : IParceoCommand
{
    public string Verb => "audit verify";
    public string Usage => "[CHECKPOINT-FILE]";
    public string Summary =>
        "Check the audit trail's hash chains, against this node's checkpoint file or a copy of one; names the first bad row.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (arguments.Count > 1 || (arguments.Count == 1 && !File.Exists(arguments[0])))
            throw new CommandException(arguments.Count > 1 ? $"Usage: {Verb} {Usage}" : $"There is no file {arguments[0]}.");
        var verdict = await verifier.Verify(ct, arguments.Count == 1 ? arguments[0] : null);
        if (verdict.Problem is { } problem)
            throw new CommandException(problem);
        Console.WriteLine($"{verdict.Rows} rows in {verdict.Chains} chains: intact.");
        if (verdict.Note is { } note)
            Console.WriteLine(note);
        return 0;
    }
}
