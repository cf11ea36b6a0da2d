using System.Text.RegularExpressions;

namespace Parceo.Architecture.Tests;

/// <summary>What can be seen in the text of the files.</summary>
public sealed partial class SourceRules
{
    private const int FeatureLines = 250;

    /// <summary>Reviewed, with the reason.</summary>
    private static readonly Dictionary<string, string> RefusedOtherwise = new()
    {
        ["Upload.cs"] = "An endpoint: a file of a gigabyte is no form of a page.",
        ["SignIn.razor"] = "One answer to every wrong guess (S5).",
        ["Regulation.razor.cs"] = "A search is looked at, not posted: what is wrong with it stands beside its own field.",
    };

    private static readonly string[] TextFiles =
    [
        ".cs",
        ".razor",
        ".csproj",
        ".props",
        ".json",
        ".yml",
        ".yaml",
        ".md",
        ".ts",
        ".mjs",
        ".css",
        ".scss",
        ".sh",
        ".conf",
        ".html",
        ".txt",
        ".sln",
        "",
    ];

    [Test]
    public void A_feature_file_can_be_read_in_one_go() =>
        Rule.Holds(
            $"A feature of more than {FeatureLines} lines wants splitting.",
            from file in Features()
            let lines = Repository.Read(file).AsSpan().Count('\n')
            where lines > FeatureLines
            select $"{file}: {lines} lines"
        );

    [Test]
    public void A_feature_file_is_named_after_its_feature() =>
        Rule.Holds(
            "Features/BookSlot.cs holds `internal static class BookSlot` and no other top-level type.",
            from file in Features()
            let types = TopLevelType().Matches(Repository.Read(file)).Select(m => m.Value).ToList()
            where types.Count != 1 || types[0] != $"internal static class {Path.GetFileNameWithoutExtension(file)}"
            select $"{file}: {string.Join(", ", types)}"
        );

    [Test]
    public void Error_codes_are_snake_case() =>
        Rule.Holds(
            "Programs read error codes: snake_case, stable.",
            from file in ProductCode()
            from Match refusal in Refusal().Matches(Repository.Read(file))
            where !SnakeCase().IsMatch(refusal.Groups["code"].Value)
            select $"{file}: {refusal.Groups["code"].Value}"
        );

    [Test]
    public void Banned_symbols_stay_banned() =>
        Rule.Holds(
            "The banned symbols' warning is not switched off: ask for the value (TimeProvider, IIds) instead.",
            from file in Repository.Files
            where
                (file.StartsWith("modules/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
                || file.EndsWith(".csproj", StringComparison.Ordinal)
            where Repository.Read(file).Contains("RS0030", StringComparison.Ordinal)
            select file
        );

    [Test]
    public void Modules_do_not_save() =>
        Rule.Holds(
            "The sender and the pump save, once, with the outbox and the audit row (docs/decisions/0003), but for a [HotPath].",
            from file in ModuleCode()
            let source = Repository.Read(file)
            where Save().IsMatch(source) && !source.Contains("[HotPath(\"", StringComparison.Ordinal)
            select file
        );

    [Test]
    public void No_exception_is_known_by_its_words() =>
        Rule.Holds(
            "A message is for people, in whatever language: ask for the exception's type or code.",
            from file in ProductCode()
            from Match asked in AskedMessage().Matches(Repository.Read(file))
            select $"{file}: {asked.Value}"
        );

    [Test]
    public void Only_the_token_says_that_something_was_cancelled() =>
        Rule.Holds(
            "Drivers report a cancelled call in exceptions of their own, and a time-out is an OperationCanceledException too: filter by the token (Rounds).",
            from file in ProductCode()
            from Match filter in CancelledByType().Matches(Repository.Read(file))
            select $"{file}: {filter.Value}"
        );

    [Test]
    public void Queries_are_portable() =>
        Rule.Holds(
            "No SQL in modules, but for a [HotPath]: it would have to be right three times (S15).",
            from file in ModuleCode()
            let source = Repository.Read(file)
            where !source.Contains("[HotPath(\"", StringComparison.Ordinal)
            from Match call in RawSql().Matches(source)
            select $"{file}: {call.Value}"
        );

    [Test]
    public void French_days_hours_and_numbers_are_written_in_one_place() =>
        Rule.Holds(
            "FrenchText writes days, hours, distances and counts: .NET alone writes « 1 décembre », and two pages two ways.",
            from file in ProductCode()
            where Path.GetFileName(file) != "FrenchText.cs" && !file.StartsWith("src/Parceo.Demo/", StringComparison.Ordinal)
            from Match own in OwnFrench().Matches(Repository.Read(file))
            select $"{file}: {own.Value}"
        );

    [Test]
    public void Pages_are_refused_in_one_way() =>
        Rule.Holds(
            "FormPage shows a refusal above the form and keeps what was typed; a catch of one's own forgets the next kind of refusal.",
            from file in ModuleCode()
            where file.Contains("/Pages/", StringComparison.Ordinal) && !RefusedOtherwise.ContainsKey(Path.GetFileName(file))
            from Match own in OwnRefusal().Matches(Repository.Read(file))
            select $"{file}: {own.Value}"
        );

    [Test]
    public void A_form_says_for_which_organisation() =>
        Rule.Holds(
            "FormToken stands in every form, instead of AntiforgeryToken: a form without the organisation of its page is refused.",
            from file in Repository.Files
            where file.EndsWith(".razor", StringComparison.Ordinal) && Path.GetFileName(file) != "FormToken.razor"
            let source = Repository.Read(file)
            where
                source.Contains("<AntiforgeryToken", StringComparison.Ordinal)
                || PostedForm().Count(source) != source.AsSpan().Count("<FormToken")
            select file
        );

    [Test]
    public void A_script_asks_for_which_organisation() =>
        Rule.Holds(
            "`ask` of session.ts says for which organisation a page was drawn; `fetch` alone does not.",
            from file in Repository.Files
            where file.EndsWith(".ts", StringComparison.Ordinal) && Path.GetFileName(file) != "session.ts"
            where Fetch().IsMatch(Repository.Read(file))
            select file
        );

    [Test]
    public void Fields_are_assigned_one_by_one() =>
        Rule.Holds(
            "(A, B, C, D) = (a, b, d, c) compiles: a tuple assigns three values at most.",
            from file in ProductCode()
            let source = Repository.Read(file)
            from Match assignment in LongTupleAssignment().Matches(source)
            select $"{file}:{source.AsSpan(0, assignment.Index).Count('\n') + 1}"
        );

    [Test]
    public void A_comment_says_more_than_the_name() =>
        Rule.Holds(
            "« Id. » and « UTC. » say nothing that the name does not.",
            from file in ModuleCode()
            from Match comment in EmptyComment().Matches(Repository.Read(file))
            select $"{file}: {comment.Value.Trim()}"
        );

    [Test]
    public void Pages_are_rendered_on_the_server() =>
        Rule.Holds(
            "No Blazor circuit: static rendering and islands (docs/decisions/0004).",
            from file in Repository.Files
            where file.EndsWith(".razor", StringComparison.Ordinal)
            from word in new[] { "@rendermode", "blazor.web.js", "blazor.server.js", "blazor.webassembly.js" }
            where Repository.Read(file).Contains(word, StringComparison.Ordinal)
            select $"{file}: {word}"
        );

    [Test]
    public void No_secret_is_committed() =>
        Rule.Holds(
            "Secrets come from the environment.",
            from file in Repository.Files
            where TextFiles.Contains(Path.GetExtension(file)) && Path.GetFileName(file) is not ("packages.lock.json" or "package-lock.json")
            from Match secret in Secret().Matches(Repository.Read(file))
            select $"{file}: {secret.Value[..Math.Min(secret.Length, 24)]}…"
        );

    [Test]
    public void No_file_names_a_folder_of_one_machine() =>
        Rule.Holds(
            "Paths are relative or configured.",
            from file in Repository.Files
            where TextFiles.Contains(Path.GetExtension(file))
            from Match path in MachinePath().Matches(Repository.Read(file))
            select $"{file}: {path.Value}"
        );

    [Test]
    public void A_module_explains_itself_in_half_a_page() =>
        Rule.Holds(
            "modules/X/README.md says what the module owns, publishes and asks of others, in at most 60 lines.",
            from file in Repository.Files
            where file.StartsWith("modules/", StringComparison.Ordinal) && file.EndsWith("/README.md", StringComparison.Ordinal)
            let lines = Repository.Read(file).AsSpan().Count('\n')
            where lines is < 3 or > 60
            select $"{file}: {lines} lines"
        );

    private static IEnumerable<string> Features() => Repository.Files.Where(f => FeatureFile().IsMatch(f));

    private static IEnumerable<string> ProductCode() =>
        Repository.Files.Where(f =>
            (f.StartsWith("modules/", StringComparison.Ordinal) || f.StartsWith("src/", StringComparison.Ordinal))
            && (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
        );

    private static IEnumerable<string> ModuleCode() =>
        ProductCode().Where(f => f.StartsWith("modules/", StringComparison.Ordinal) && !f.Contains("/Migrations/"));

    [GeneratedRegex("<form[^>]* method=\"post\"")]
    private static partial Regex PostedForm();

    [GeneratedRegex(@"(?<![#.\w])fetch\(")]
    private static partial Regex Fetch();

    [GeneratedRegex(@"^modules/[^/]+/[^/]+/Features/.+\.cs$")]
    private static partial Regex FeatureFile();

    // Of tuples, and of records taken apart into what was there before; not of new variables.
    [GeneratedRegex(@"(?<!\bvar )\((\s*[\w.\[\]?!]+\s*,){3,}\s*[\w.\[\]?!]+\s*\)\s*=\s*(\(|\w)")]
    private static partial Regex LongTupleAssignment();

    [GeneratedRegex(@"CultureInfo\(""fr[^)]*\)|ToString\(""[^""]*(\bd MMMM|\bd MMM\b|\bdddd\b|'h')[^""]*""|:(d|dddd) MMMM")]
    private static partial Regex OwnFrench();

    [GeneratedRegex(@"catch \((Refusal|Invalid|Forbidden|NotFound)Exception \w+\)")]
    private static partial Regex OwnRefusal();

    [GeneratedRegex(@"\bMessage\.(Contains|StartsWith|EndsWith|Equals)\(")]
    private static partial Regex AskedMessage();

    [GeneratedRegex(@"when \(\w+ is not OperationCanceledException\)")]
    private static partial Regex CancelledByType();

    [GeneratedRegex(
        @"/// <(summary|param name=""\w+"")>(Id|UTC|When|Whose|Who|Which|Where|Why|State|Code|Kind|Label|Name|Title|Now|In order|The (conversation|mail|mailbox|message))\.</"
    )]
    private static partial Regex EmptyComment();

    [GeneratedRegex(@"(?<!\bbase)\.SaveChanges(Async)?\(")]
    private static partial Regex Save();

    [GeneratedRegex(
        @"\b(FromSql\w*|SqlQuery\w*|ExecuteSql\w*|CreateCommand|CommandText|\w*DbCommand|(Sqlite|Npgsql|Sql)Command|BeginBinaryImport\w*)\b"
    )]
    private static partial Regex RawSql();

    [GeneratedRegex(
        @"^(public |internal |file )?(static |sealed |abstract |partial |readonly )*(class|record|struct|interface|enum) (struct |class )?\w+",
        RegexOptions.Multiline
    )]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"new (NotFound|Conflict|Forbidden|Invalid)Exception\(\s*""(?<code>[^""]*)""")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();

    // Written so that this file does not find itself.
    [GeneratedRegex(
        @"-----BEGIN [A-Z ]*PRIVATE[ ]KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abp]-[0-9A-Za-z-]{10,}|AccountKey=[A-Za-z0-9+/=]{20,}|(?i:password|pwd)=(?!['"";\s$<{])[^;""'\s]{3,}"
    )]
    private static partial Regex Secret();

    [GeneratedRegex(@"(?<![\w./~$}:-])/(home|Users|root|work|mnt)/\w[\w.-]*|[A-Z]:\\Users\\\w+")]
    private static partial Regex MachinePath();
}
