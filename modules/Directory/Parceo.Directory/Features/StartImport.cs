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
    [Requires(DirectoryPermissions.Import), Limited(LimitKind.Upload)]
    public sealed record Command(string Path, string FileName, string Departements, bool Force) : IRequest<Guid>;

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
        }
    }

    public sealed class Handler(DirectoryDb db, IIds ids, ImportProgress progress, TimeProvider clock) : IRequestHandler<Command, Guid>
    {
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
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
            var run = new ImportRun(ids.New(), command.FileName, command.Path, scope, command.Force, clock.GetUtcNow());
            db.ImportRuns.Add(run);
            return run.Id;
        }
    }
}
