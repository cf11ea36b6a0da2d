using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;
using Parceo.SecureMail.Book;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Features;
using Parceo.SecureMail.Tests.Servers;
using Parceo.Testing;

namespace Parceo.SecureMail.Tests.Book;

/// <summary>The import of <c>Extraction_Correspondance_MSSante</c>: its real columns, the shapes that it comes in, what breaks it.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class BookImporterTests(Engine engine)
{
    private const string Header =
        "Type de BAL|Adresse BAL|Type Identifiant PP|Identifiant PP|Identification nationale PP|Type identifiant structure|Identification Structure|Service de rattachement|Civilité d'exercice|Nom d'exercice|Prénom d'exercice|Catégorie profession|"
        + "Libellé de catégorie profession|Code Profession|Libellé Profession|Code savoir-faire|Libellé savoir-faire|Dématérialisation|Raison Sociale structure BAL|Enseigne commerciale structure BAL|L2COMPLEMENTLOCALISATION structure BAL|"
        + "L3COMPLEMENTDISTRIBUTION structure BAL|L4NUMEROVOIE structure BAL|L4COMPLEMENTNUMEROVOIE structure BAL|NL4TYPEVOIE structure BAL|L4LIBELLEVOIE structure BAL|L5LIEUDITMENTION structure BAL|L6LIGNEACHEMINEMENT structure BAL|"
        + "Code postal structure BAL|Département structure BAL|Pays structure BAL";
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [SetUp]
    public Task Empty() => host.With<SecureMailDb, int>(db => db.Book.ExecuteDeleteAsync());

    private static string Person(string address, string name, string given = "Zoé", string number = "810900000018") =>
        $"PER|{address}|8|{number[1..]}|{number}|4|10000000|Médecine \"A|Docteur|{name}|{given}|C|Civil|10|Médecin|SM26|Généraliste|O|CABINET DE L'ÎLE|||BP 1|12|B|R|DU PORT||17000 LA ROCHELLE|17000|17|France";

    private static string Structure(string address, string name) =>
        $"ORG|{address}||||1|570000001|Accueil||||||||||O|{name}|Enseigne|||||||| 57000 METZ|57000|57|France";

    private Task<BookImporter.Result> Import(Stream file, bool force = false, CancellationToken ct = default)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(1)); // another run
        return host.With<SecureMailDb, BookImporter.Result>(db => new BookImporter(db, host.Clock).Import(file, force, ct));
    }

    private Task<BookImporter.Result> Import(params string[] lines) =>
        Import(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. lines, ""]))));

    private Task<List<string>> Known() =>
        host.With<SecureMailDb, List<string>>(async db =>
            [
                .. (await db.Book.AsNoTracking().OrderBy(a => a.Address).ToListAsync()).Select(a =>
                    $"{a.Address} {(a.IsPersonal ? "PER" : "ORG")} {a.NationalId} {a.Name} ({a.Structure}; {a.Town}) {a.Folded}"
                ),
            ]
        );

    private static readonly string[] Two =
    [
        "accueil@chb.example ORG  CH « Bel-Air » (CH « Bel-Air »; 57000 METZ) ch bel air",
        "anne@medecin.example PER 810900000018 Docteur Zoé PÉTIT (CABINET DE L'ÎLE; 17000 LA ROCHELLE) docteur zoe petit",
    ];

    [Test, Pairwise]
    public async Task Every_shape_of_the_file_gives_the_same_addresses(
        [Values("\n", "\r\n")] string end,
        [Values] bool trailing,
        [Values("utf-8", "utf-8 bom", "latin1")] string encoding,
        [Values] bool lastEnd
    )
    {
        string[] lines = [Header, Person("Anne@medecin.example", "PÉTIT"), "", Structure("accueil@chb.example", "CH « Bel-Air »")];
        var text = string.Join(end, lines.Select(l => trailing && l.Length > 0 ? l + "|" : l)) + (lastEnd ? end : "");
        var bytes =
            encoding == "latin1" ? Encoding.Latin1.GetBytes(text)
            : encoding == "utf-8" ? Encoding.UTF8.GetBytes(text)
            : [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];
        var done = await Import(new Trickle(bytes));
        Assert.That(done, Is.EqualTo(new BookImporter.Result(2, 0, encoding == "latin1" ? 3 : 0, 2, 0)), "with its header");
        Assert.That(await Known(), Is.EqualTo(Two));
    }

    [Test]
    public async Task Columns_are_found_by_their_names_and_new_ones_are_passed_over()
    {
        var shuffled = string.Join(
            '\n',
            [
                .. new[] { Header, Person("anne@medecin.example", "PÉTIT"), Structure("accueil@chb.example", "CH « Bel-Air »") }.Select(
                    (l, i) => string.Join('|', [i == 0 ? "Nouveau" : "x", .. l.Split('|').Reverse()])
                ),
            ]
        );
        await Import(new MemoryStream(Encoding.UTF8.GetBytes(shuffled)));
        Assert.That(await Known(), Is.EqualTo(Two));
    }

    [Test]
    public async Task A_broken_line_is_counted_and_the_others_go_on()
    {
        var done = await Import(
            "n'importe quoi",
            Person("anne@medecin.example", "PÉTIT") + "|de trop|encore",
            Person("pas une adresse", "X"),
            Person("a@medecin.example@evil.example", "X"),
            Person("284127510204356@patient.mssante.fr", "X"),
            Person("dupont@medecin.example", "DU\rPONT\0", "J\u202Eean\u00A0 "),
            Person("nfd@medecin.example", "E\u0301VRARD"),
            Person("dupont@medecin.example", "DOUBLE"),
            Person("long@medecin.example", new string('N', 199) + "😀"),
            Structure("sans-nom@chb.example", "")
        );
        Assert.That((done.Lines, done.Rejected, done.Addresses), Is.EqualTo((10, 5, 4)));
        var known = await Known();
        Assert.Multiple(() =>
        {
            Assert.That(
                known[0],
                Does.StartWith("dupont@medecin.example PER 810900000018 Docteur Jean DUPONT"),
                "the first of double lines, cleaned"
            );
            Assert.That(known[1], Does.Contain("N").And.Not.Contain("\uFFFD"), "no half character");
            Assert.That(known[2], Does.Contain("ÉVRARD"), "composed");
            Assert.That(known[3], Does.StartWith("sans-nom@chb.example ORG  Enseigne"));
        });
    }

    [Test]
    public async Task Who_is_no_longer_in_it_goes_but_not_because_of_a_file_that_is_not_whole()
    {
        var all = Enumerable.Range(0, 600).Select(i => Person($"p{i:d3}@medecin.example", $"NOM{i}")).ToArray();
        await Import(all);
        var done = await Import([.. all[1..], Person("nouveau@medecin.example", "NOUVEAU")]);
        Assert.That((done.Addresses, done.Gone), Is.EqualTo((600, 1)));
        Assert.That((await Known()).Where(k => k.StartsWith("p000@", StringComparison.Ordinal)), Is.Empty);

        async Task<string> Refused(string text, bool force = false)
        {
            try
            {
                await Import(new MemoryStream(Encoding.UTF8.GetBytes(text)), force);
            }
            catch (FormatException e)
            {
                return e.Message;
            }
            return "";
        }
        var file = string.Join('\n', [Header, .. all[1..]]);
        Assert.That(await Refused(""), Does.Contain("empty"));
        Assert.That(await Refused(Header), Does.Contain("no address"));
        Assert.That(await Refused(Header, force: true), Does.Contain("no address"));
        Assert.That(
            await Refused(Header.Replace("Identification nationale PP", "Autre", StringComparison.Ordinal)),
            Does.Contain("identification nationale pp")
        );
        Assert.That(await Refused("%PDF-1.4 rien"), Does.Contain("type de bal"));
        Assert.That(await Refused(new string('x', 200_000)), Does.Contain("no text file"));
        Assert.That(await Refused(file[..^60]), Does.Contain("cut"));
        Assert.That(
            await Refused(string.Join('\n', [Header, .. all[..400]])),
            Does.Contain("lacks 201 of 600"),
            "whole lines, but a third is missing"
        );
        Assert.That(await Refused(string.Join('\n', [Header, .. all, .. all.Select(l => l[..40])]) + "\n"), Does.Contain("broken"));
        Assert.That((await Known()).Count, Is.EqualTo(601), "nothing was removed; what the last file had is back");
        Assert.That(await Refused(string.Join('\n', [Header, .. all[..400]]), force: true), Is.Empty, "a person decides");
        Assert.That(await Known(), Has.Count.EqualTo(400));
    }

    [Test]
    public async Task An_import_that_was_killed_or_is_run_again_ends_where_one_run_would_have()
    {
        var (older, newer) = (Lines(0, 2500), Lines(200, 2700));
        await Import(older);
        await Import(newer);
        var expected = await Known();
        await Empty();
        await Import(older);
        using var killed = new CancellationTokenSource();
        var file = new Trickle(Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. newer, ""]))) { At = 60, Do = killed.Cancel };
        Assert.That(async () => await Import(file, ct: killed.Token), Throws.InstanceOf<OperationCanceledException>());
        await Import(newer);
        Assert.That(await Known(), Is.EqualTo(expected));
        var again = await Import(newer);
        Assert.That((again.Addresses, again.Gone), Is.EqualTo((expected.Count, 0)));
        Assert.That(await Known(), Is.EqualTo(expected));

        static string[] Lines(int from, int to) =>
            [
                .. Enumerable
                    .Range(from, to - from)
                    .Select(i => Person($"p{i:d5}@medecin.example", $"NOM{i} {(from == 0 ? "ANCIEN" : "NOUVEAU")}")),
            ];
    }

    [Test, Category("Long")]
    public async Task Fifty_thousand_lines_take_no_more_memory_than_a_thousand_and_no_more_time_each()
    {
        var (watch, marks) = (Stopwatch.StartNew(), new List<(TimeSpan At, long Bytes)>());
        using var file = new Generated(50_000, () => marks.Add((watch.Elapsed, GC.GetTotalMemory(forceFullCollection: true))));
        var done = await Import(file);
        Assert.That((done.Lines, done.Addresses), Is.EqualTo((50_000, 50_000)));
        // Marks after 5,000, 10,000… lines, the first of which warm up. The fastest of three: a busy machine makes any of them slow,
        // lines that take longer the more came before make all of the last.
        var each = marks.Zip(marks.Skip(1), (from, to) => to.At - from.At).ToList();
        var (first, last) = (each[..3].Min(), each[^3..].Min());
        Assert.Multiple(() =>
        {
            Assert.That(marks[^1].Bytes - marks[1].Bytes, Is.LessThan(8 << 20), "memory");
            Assert.That(last, Is.LessThan((4 * first) + TimeSpan.FromSeconds(2)), "time of 5,000 lines");
        });
        TestContext.Out.WriteLine(
            $"50,000 lines in {watch.Elapsed.TotalSeconds:0.0} s; 5,000 took {first.TotalSeconds:0.00} s, then {last.TotalSeconds:0.00} s; memory {(marks[^1].Bytes - marks[1].Bytes) >> 10} kB."
        );
    }

    [Test]
    public async Task The_command_takes_the_archive_as_published_and_what_is_offered_is_of_the_liste_blanche()
    {
        var path = Path.Combine(System.IO.Directory.CreateTempSubdirectory("parceo-book-").FullName, "Extraction_MSSante.zip");
        using (var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create))
        {
            await using var text = new StreamWriter(zip.CreateEntry("Extraction_Correspondance_MSSante_202611220800.txt").Open());
            await text.WriteAsync(
                string.Join(
                    '\n',
                    [Header, Structure("accueil@dehors.example", "Clinique Dehors"), Structure("accueil@ami.example", "Clinique Amie"), ""]
                )
            );
        }
        async Task<int> Run(ParceoHost on, params string[] arguments) =>
            await on.With<SecureMailDb, int>(db =>
                new ImportBookCommand(new BookImporter(db, on.Clock)).Run(arguments, CancellationToken.None)
            );
        var domains = Path.Combine(Path.GetDirectoryName(path)!, "domaines.txt");
        await File.WriteAllTextAsync(domains, "ami.example\n");
        await using var trusting = await ParceoHost.Start(
            Engine.Sqlite,
            settings: new Dictionary<string, string?> { ["SecureMail:Domains"] = domains }
        );
        Assert.That(await Run(trusting, path), Is.Zero);
        Assert.That(
            await trusting.With<SecureMailDb, int>(db => db.Book.CountAsync()),
            Is.EqualTo(2),
            "the list may change: both are kept"
        );
        Assert.That(
            (await trusting.Send(MailWorld.Person(), new SuggestRecipients.Query("clinique"))).Select(o => o.Value),
            Is.EqualTo(new[] { "accueil@ami.example" })
        );
        Assert.That(async () => await Run(trusting), Throws.InstanceOf<CommandException>());
        Assert.That(
            async () => await Run(trusting, domains),
            Throws.InstanceOf<CommandException>().With.Message.Contains("Extraction_Correspondance_MSSante")
        );
        Assert.That(async () => await Run(trusting, path + "x"), Throws.InstanceOf<CommandException>());
    }

    [Test]
    public async Task The_beginning_of_a_name_suggests_it_whatever_the_servers_collation()
    {
        var domains = Path.Combine(host.Database.Folder, "amis.txt");
        await File.WriteAllTextAsync(domains, "ami.example\n");
        await using var trusting = await ParceoHost.Start(
            engine,
            settings: new Dictionary<string, string?> { ["SecureMail:Domains"] = domains }
        );
        using var file = new MemoryStream(
            Encoding.UTF8.GetBytes(
                $"{Header}\n{Structure("un@ami.example", "Clinique Sainte-Élisabeth")}\n{Structure("deux@ami.example", "CLINALP")}\n"
            )
        );
        await trusting.With<SecureMailDb, BookImporter.Result>(db => new BookImporter(db, trusting.Clock).Import(file, false, default));
        Assert.Multiple(async () =>
        {
            Assert.That(await Suggested("clin"), Is.EqualTo(new[] { "deux@ami.example", "un@ami.example" }));
            Assert.That(await Suggested("Cliniq"), Is.EqualTo(new[] { "un@ami.example" }));
            Assert.That(await Suggested("clinique sainte e"), Is.EqualTo(new[] { "un@ami.example" }));
            Assert.That(await Suggested("lini"), Is.Empty);
        });

        async Task<IEnumerable<string>> Suggested(string typed) =>
            (await trusting.Send(MailWorld.Person(), new SuggestRecipients.Query(typed))).Select(o => o.Value);
    }

    /// <summary>Gives at most 4,099 bytes at a time: lines and letters are cut anywhere.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        private int reads;

        public int At { get; init; } = -1;
        public Action Do { get; init; } = () => { };

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++reads == At)
                Do();
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, 4099)]));
        }
    }

    /// <summary>A file that is made while it is read; says each 5,000 lines.</summary>
    private sealed class Generated(int lines, Action each) : Stream
    {
        private int made = -1;
        private ReadOnlyMemory<byte> rest;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (rest.IsEmpty)
            {
                if (made == lines)
                    return 0;
                // Addresses in no order, as in the national file.
                rest = Encoding.UTF8.GetBytes(
                    made < 0
                        ? Header + "\n"
                        : Person($"p{(long)made * 7919 % 100_003:d6}@medecin.example", $"NOM{made}", number: $"8{made:d11}") + "\n"
                );
                if (++made > 0 && made % 5000 == 0)
                    each();
            }
            var part = rest[..Math.Min(buffer.Length, rest.Length)];
            part.Span.CopyTo(buffer);
            rest = rest[part.Length..];
            return part.Length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
