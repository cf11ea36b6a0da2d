using System.Globalization;

namespace Parceo.Directory.Domain;

/// <summary>Where an import stands.</summary>
internal enum ImportState
{
    /// <summary>Asked for.</summary>
    Waiting,

    /// <summary>The file is read and judged; nothing is touched.</summary>
    Reading,

    /// <summary>What changed is written, some people at a time.</summary>
    Writing,

    /// <summary>Applied.</summary>
    Done,

    /// <summary>The file was refused; nothing was touched.</summary>
    Refused,

    /// <summary>Something broke, or the process died; whoever was written by then stays so, the same file can be imported again.</summary>
    Failed,
}

/// <summary>One import of a national file, from the request to the report.</summary>
internal sealed class ImportRun
{
    private ImportRun() { }

    /// <summary>Asks for an import.</summary>
    /// <param name="fileName">Name of the file, for the report.</param>
    /// <param name="path">Where the text waits on this machine.</param>
    /// <param name="scope">Départements joined by commas; empty for the whole file.</param>
    /// <param name="force">Apply in spite of the guards.</param>
    /// <param name="reason">Why; null from the command line.</param>
    /// <param name="now">Instant of the request.</param>
    public ImportRun(Guid id, string fileName, string path, string scope, bool force, string? reason, DateTimeOffset now)
    {
        Reason = reason;
        Id = id;
        FileName = fileName;
        Path = path;
        Scope = scope;
        Force = force;
        AskedAt = now;
        AliveAt = now;
        Active = 1;
    }

    /// <summary>Id of the run.</summary>
    public Guid Id { get; private set; }

    /// <summary>Name of the file, without folder.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Where the file was read.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Départements the file was read for; empty for all.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>Guards were switched off by a person.</summary>
    public bool Force { get; private set; }

    /// <summary>Why it was asked for; null from the command line.</summary>
    public string? Reason { get; private set; }

    /// <summary>1 until it ends, then null: a unique index lets one run be active at a time.</summary>
    public int? Active { get; private set; }

    /// <summary>Where it stands.</summary>
    public ImportState State { get; private set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Last sign of life; a run silent for long has died with its process.</summary>
    public DateTimeOffset AliveAt { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Percentage of the current step, 0–100.</summary>
    public int Percent { get; private set; }

    /// <summary>Valid lines.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines set aside.</summary>
    public long Rejected { get; private set; }

    /// <summary>People of the file that are kept.</summary>
    public int People { get; private set; }

    /// <summary>People new to the directory.</summary>
    public int Created { get; private set; }

    /// <summary>People of whom something changed.</summary>
    public int Changed { get; private set; }

    /// <summary>People no longer in the file.</summary>
    public int Gone { get; private set; }

    /// <summary>Error code of a refusal or failure.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Figures or names that go with <see cref="Refusal"/>.</summary>
    public string? Detail { get; private set; }

    /// <summary>Warnings that do not stop an import, one a line: encoding, unknown columns.</summary>
    public string? Warnings { get; private set; }

    /// <summary>« code=lines » joined by spaces: the next run notices a profession that vanished.</summary>
    public string Professions { get; private set; } = "";

    /// <summary>Whether it still runs or waits.</summary>
    public bool IsActive => Active is not null;

    /// <summary>A step begins or goes on.</summary>
    public void Report(ImportState state, int percent, long lines, long rejected, int people, DateTimeOffset now)
    {
        State = state;
        Percent = percent;
        Lines = lines;
        Rejected = rejected;
        People = people;
        AliveAt = now;
    }

    /// <summary>What the reading found besides people.</summary>
    public void Note(string? warnings, IReadOnlyDictionary<string, long> professions) =>
        (Warnings, Professions) = (
            warnings,
            string.Join(
                ' ',
                professions
                    .OrderByDescending(p => p.Value)
                    .Take(100)
                    .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}={p.Value}"))
            )
        );

    /// <summary>It was applied.</summary>
    public void Complete(int created, int changed, int gone, DateTimeOffset now)
    {
        Created = created;
        Changed = changed;
        Gone = gone;
        Percent = 100;
        End(ImportState.Done, now);
    }

    /// <summary>The silence after which a run on another machine is held for dead: a running import tells of itself far more often.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>It still runs, whatever step it is in.</summary>
    public void Beat(DateTimeOffset now) => AliveAt = now;

    /// <summary>The file was refused, or the run broke.</summary>
    public void Refuse(ImportState state, string code, string? detail, DateTimeOffset now)
    {
        (Refusal, Detail) = (code, detail is { Length: > 400 } ? detail[..400] : detail);
        End(state, now);
    }

    /// <summary>Lines by profession of <see cref="Professions"/>.</summary>
    public IEnumerable<(string Code, long Lines)> LinesByProfession() =>
        Professions
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('='))
            .Select(p => (p[0], long.Parse(p[1], CultureInfo.InvariantCulture)));

    private void End(ImportState state, DateTimeOffset now)
    {
        State = state;
        EndedAt = now;
        AliveAt = now;
        Active = null;
    }
}

/// <summary>A line set aside by a run.</summary>
internal sealed class ImportReject
{
    public required Guid RunId { get; init; }

    /// <summary>Line of the file, the header being 1.</summary>
    public required long Line { get; init; }

    /// <summary>Why, as a code: <c>rpps</c>, <c>field_count</c>…</summary>
    public required string Reason { get; init; }

    /// <summary>Identifier as received.</summary>
    public required string Identifier { get; init; }
}
