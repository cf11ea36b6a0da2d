using System.Diagnostics;
using System.Text;
using Parceo.Demo;
using Parceo.Directory.Import;
using static Parceo.Directory.Tests.Import.Sample;

namespace Parceo.Directory.Tests.Import;

internal sealed class SyntheticFileTests
{
    [Test]
    public void The_same_seed_gives_the_same_bytes_and_every_line_is_valid()
    {
        var options = new RppsFileOptions { Lines = 3_000, Departements = ["57"] };
        var content = Synthetic(options);
        Assert.That(Synthetic(options), Is.EqualTo(content));
        Assert.That(Synthetic(options with { Seed = 58 }), Is.Not.EqualTo(content));
        var survey = Survey(Raw(content), "57");
        Assert.That(survey.RejectedLines, Is.Zero);
        Assert.That(survey.ValidLines, Is.InRange(3_000, 3_010));
        var people = People(Raw(content));
        Assert.That(people, Has.Count.InRange(2_000, 2_900));
        Assert.That(
            people.SelectMany(p => p.Activities).Where(a => a.StructureKey is not null).Select(a => a.Departement).Distinct(),
            Is.EqualTo(["57"])
        );
        Assert.That(people.SelectMany(p => p.Activities).Any(a => a.HasInvalidStructureId), Is.False);
        Assert.That(people.Count(p => p.Activities.Any(a => a.Skills.Any(s => s.Code is "SM54" or "SM53" or "SM26"))), Is.GreaterThan(100));
        Assert.That(
            people.SelectMany(p => p.Activities).GroupBy(a => a.StructureKey).Count(g => g.Key is not null && g.Count() > 1),
            Is.GreaterThan(50),
            "structures are shared"
        );
    }

    [Test]
    public void Bad_lines_are_as_many_as_asked_for()
    {
        var survey = Survey(
            Raw(
                Synthetic(
                    new()
                    {
                        Lines = 4_000,
                        Departements = ["57"],
                        BadLineEvery = 100,
                    }
                )
            )
        );
        Assert.That(survey.RejectedLines, Is.EqualTo(40).Within(1));
        Assert.That(survey.Rejects.Select(r => r.Reason).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void The_next_day_changes_about_one_person_in_a_hundred()
    {
        var days = Enumerable
            .Range(0, 2)
            .Select(day =>
                People(
                        Raw(
                            Synthetic(
                                new()
                                {
                                    Lines = 8_000,
                                    Departements = ["57", "54"],
                                    Day = day,
                                }
                            )
                        )
                    )
                    .ToDictionary(p => p.NationalId, p => p.ContentHash)
            )
            .ToList();
        var changed = days[1].Count(p => days[0].TryGetValue(p.Key, out var hash) && hash != p.Value);
        Assert.That(changed / (double)days[0].Count, Is.InRange(0.004, 0.016));
    }

    [Test]
    public void A_shuffled_file_gives_the_same_people_without_holding_it()
    {
        var lines = Encoding.UTF8.GetString(Synthetic(new() { Lines = 2_000, Departements = ["57"] })).TrimEnd('\n').Split('\n');
        var expected = People(File(lines)).OrderBy(p => p.NationalId, StringComparer.Ordinal).Select(Print).ToList();
        var body = lines[1..];
        new Random(6).Shuffle(body);
        var shuffled = File([lines[0], .. body]);
        Assert.That(
            People(shuffled, mostWaitingLines: 100).OrderBy(p => p.NationalId, StringComparer.Ordinal).Select(Print),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void Any_damage_is_either_set_aside_or_refuses_the_file()
    {
        var whole = Synthetic(new() { Lines = 60, Departements = ["57"] });
        var random = new Random(8);
        for (var round = 0; round < 400; round++)
        {
            var damaged = whole.ToArray();
            for (var hits = random.Next(1, 6); hits > 0; hits--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }
            damaged = damaged[..random.Next(damaged.Length / 2, damaged.Length + 1)];
            try
            {
                var survey = Survey(Raw(damaged));
                Assert.That(People(Raw(damaged)), Has.Count.EqualTo(survey.People.Count));
            }
            catch (RppsFileException)
            {
                // Refused as a whole: fine too.
            }
        }
    }

    [Test, Explicit("Measures; run alone")]
    public void Speed_of_a_million_lines()
    {
        var path = Path.Combine(Path.GetTempPath(), "parceo-rpps-million.txt");
        var clock = Stopwatch.StartNew();
        using (var stream = System.IO.File.Create(path))
        {
            new RppsFileWriter(Communes, Nos).Write(stream, new() { Lines = 1_000_000 });
        }
        TestContext.Out.WriteLine($"written: {clock.Elapsed.TotalSeconds:F1} s, {new FileInfo(path).Length / 1e6:F0} MB");
        clock.Restart();
        var file = RppsFile.At(path);
        var survey = Survey(file);
        TestContext.Out.WriteLine(
            $"surveyed: {clock.Elapsed.TotalSeconds:F2} s, {survey.People.Count} people, {GC.GetTotalMemory(true) / 1e6:F0} MB"
        );
        clock.Restart();
        var count = PersonReader.Read(file, survey, new PersonBuilder(Nos, Communes), _ => true).Count();
        TestContext.Out.WriteLine($"built: {clock.Elapsed.TotalSeconds:F2} s, {count} people, {GC.GetTotalMemory(true) / 1e6:F0} MB");
        System.IO.File.Delete(path);
        Assert.That(count, Is.EqualTo(survey.People.Count));
    }
}
