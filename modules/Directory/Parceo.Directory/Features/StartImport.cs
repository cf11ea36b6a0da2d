using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Import;
using Parceo.Platform;

namespace Parceo.Directory.Features;

/// <summary>Asks for the import of a national file that waits on this machine; whoever asked then runs it.</summary>
internal static class StartImport
{
    /// <param name="Path">Where the file is. Said by the host or the command line, never by a caller from outside.</param>
    /// <param name="FileName">Its name, for the report.</param>
    /// <param name="Departements">« 57,54 »: only people who work there; empty for everyone in the file.</param>
    /// <param name="Force">Apply although the file differs much from the last one.</param>
    /// <param name="Reason">Why, for whoever reads the reports: it changes what everybody finds. The command line gives none.</param>
    [Requires(DirectoryPermissions.Import), Limited(LimitKind.Upload)]
    public sealed record Command(string Path, string FileName, string Departements, bool Force, string? Reason = null) : IRequest<Guid>;

    private const int ShortestReason = 10,
        LongestReason = 300;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Path).NotEmpty().MaximumLength(400).WithMessage("import_unreadable");
            RuleFor(c => c.FileName).NotEmpty().MaximumLength(200).WithMessage("import_unreadable");
            RuleFor(c => c.Departements)
                .Matches("^((\\d\\d|2A|2B|9[78]\\d)(,(\\d\\d|2A|2B|9[78]\\d))*)?$")
                .MaximumLength(200)
                .WithMessage("import_departements_invalid");
            RuleFor(c => c.Reason).PlainText("import_reason", LongestReason);
        }
    }

    public sealed class Handler(DirectoryDb db, ICurrentUser user, IIds ids, ImportProgress progress, TimeProvider clock)
        : IRequestHandler<Command, Guid>
    {
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
            var reason = command.Reason?.Trim();
            if (!user.IsSystem && (reason is null || reason.Length < ShortestReason))
                throw InvalidException.Of("reason", "import_reason");
            if (await db.ImportRuns.SingleOrDefaultAsync(r => r.Active == 1, ct) is { } active)
            {
                if (progress.Of(active.Id) is not null || active.AliveAt > clock.GetUtcNow() - ImportRun.Lease)
                {
                    throw new ConflictException("import_running");
                }
                active.Refuse(ImportState.Failed, "import_interrupted", null, clock.GetUtcNow());
            }
            var scope = string.Join(
                ',',
                command.Departements.Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)
            );
            var run = new ImportRun(ids.New(), command.FileName, command.Path, scope, command.Force, reason, clock.GetUtcNow());
            db.ImportRuns.Add(run);
            return run.Id;
        }
    }
}
