using Parceo.Directory.Domain;

namespace Parceo.Directory.Import;

/// <summary>
/// Second reading of a file: yields the people asked for, whole, whatever the order of the lines. Lines wait only
/// until their person's last one has come; when a file is so shuffled that too many would wait, it is read several
/// times, each time for a part of the people.
/// </summary>
internal static class PersonReader
{
    private const int MostWaitingLines = 200_000;

    /// <summary>People with <paramref name="wanted"/> true, each exactly once.</summary>
    /// <param name="file">The surveyed file, unchanged since.</param>
    /// <param name="survey">Its first reading.</param>
    /// <param name="builder">Makes a person of lines.</param>
    /// <param name="wanted">Tells by marks whom to yield.</param>
    /// <param name="mostWaitingLines">Lines that may wait at once.</param>
    public static IEnumerable<Person> Read(
        RppsFile file,
        RppsSurvey survey,
        PersonBuilder builder,
        Func<PersonMarks, bool> wanted,
        int mostWaitingLines = MostWaitingLines
    )
    {
        var parts = survey.ScatteredLines > mostWaitingLines / 10 ? (int)(survey.ValidLines / mostWaitingLines) + 1 : 1;
        for (var part = 0; part < parts; part++)
        {
            foreach (var person in ReadPart(file, survey, builder, wanted, part, parts))
            {
                yield return person;
            }
        }
    }

    private static IEnumerable<Person> ReadPart(
        RppsFile file,
        RppsSurvey survey,
        PersonBuilder builder,
        Func<PersonMarks, bool> wanted,
        int part,
        int parts
    )
    {
        var waiting = new Dictionary<PersonKey, List<byte[]>>();
        using var stream = file.Open();
        using var reader = new RppsReader(stream);
        while (Next(reader, survey, wanted, part, parts) is var (person, content, lines, hash))
        {
            if (lines > 1)
            {
                if (!waiting.TryGetValue(person, out var earlier))
                {
                    waiting.Add(person, earlier = new(lines));
                }
                earlier.Add(content);
                if (earlier.Count == lines)
                {
                    waiting.Remove(person);
                    yield return builder.Build(person, earlier, hash);
                }
            }
            else
            {
                yield return builder.Build(person, [content], hash);
            }
        }
    }

    /// <summary>The next wanted line, copied; null at the end. Apart because a span cannot live across a yield.</summary>
    private static (PersonKey Person, byte[] Content, int Lines, long Hash)? Next(
        RppsReader reader,
        RppsSurvey survey,
        Func<PersonMarks, bool> wanted,
        int part,
        int parts
    )
    {
        while (reader.TryRead(out var line, out var reject))
        {
            if (reject is null && line.Check(out var person) is null && (ulong)person.GetHashCode() % (uint)parts == (uint)part)
            {
                var (lines, hash, marks) = survey.People[person];
                if (wanted(marks))
                {
                    return (person, line.Content.ToArray(), lines, hash);
                }
            }
        }
        return null;
    }
}
