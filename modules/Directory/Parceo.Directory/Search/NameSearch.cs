using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Platform;

namespace Parceo.Directory.Search;

/// <summary>
/// People by name. The longest word of the question leads: one range of the word index; the others are looked for in
/// the names it gives. When that finds little, family names one letter away are tried, through their shared keys.
/// </summary>
internal sealed class NameSearch(DirectoryDb db)
{
    /// <summary>People ranked at most; whoever wants more must say more.</summary>
    public const int Most = 200;

    private const int MostMisspelt = 60;

    private sealed record Candidate(Guid PersonId, string SortKey, string Family, string Given);

    /// <summary>Best first, then nearest, then by name.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="filter">What else must hold.</param>
    /// <param name="enough">With fewer, misspellings are tried.</param>
    /// <param name="ct">Stops.</param>
    public async Task<NameHits> Find(string text, PeopleFilter filter, int enough, CancellationToken ct)
    {
        var words = Folding.FoldAsTyped(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6).ToList();
        if (words.Count == 0)
        {
            return new([], OnlyGuesses: false, IsWhole: false);
        }
        for (var i = 0; i < words.Count - 1; i++)
        {
            words[i] = Folding.Fold(words[i]);
        }

        var lead = words.MaxBy(w => w.Length)!;
        var others = words.Where(w => !ReferenceEquals(w, lead)).ToList();
        var found = await Matching(Range(isGiven: false, lead), others, filter, Most, ct);
        if (found.Count < Most)
        {
            found.AddRange(await Matching(Range(isGiven: true, lead), others, filter, Most - found.Count, ct));
        }
        var misspelt = new List<Candidate>();
        if (found.Count < enough)
        {
            foreach (var word in words.Where(w => w.Length >= OneEdit.ShortestWord))
            {
                misspelt.AddRange(await Misspelt(word, [.. words.Where(w => !ReferenceEquals(w, word))], filter, ct));
            }
        }
        var near = await Distances([.. found.Concat(misspelt).Select(c => c.PersonId)], filter, ct);
        var question = string.Join(' ', words);
        IReadOnlyList<Hit> hits =
        [
            .. found
                .Select(c => (Candidate: c, Rank: Rank(c, words, question)))
                .Concat(misspelt.Select(c => (Candidate: c, Rank: 9)))
                .Where(c => near is null || near.ContainsKey(c.Candidate.PersonId))
                .GroupBy(c => c.Candidate.PersonId)
                .Select(g => g.MinBy(c => c.Rank))
                .Select(c => (c.Candidate, c.Rank, Distance: near?[c.Candidate.PersonId]))
                .OrderBy(c => c.Rank)
                .ThenBy(c => c.Distance ?? 0)
                .ThenBy(c => c.Candidate.SortKey, StringComparer.Ordinal)
                .ThenBy(c => c.Candidate.PersonId)
                .Select(c => new Hit(c.Candidate.PersonId, c.Distance)),
        ];
        return new(hits, OnlyGuesses: found.Count == 0, IsWhole: found.Exists(c => Rank(c, words, question) <= 1));
    }

    /// <summary>The person of a national number typed with or without its type digit.</summary>
    public async Task<IReadOnlyList<Hit>> ByNumber(string digits, CancellationToken ct)
    {
        string[] ids = ["8" + digits, "0" + digits, digits];
        var people = await db
            .People.AsNoTracking()
            .Where(p => ids.Contains(p.NationalId) && p.GoneAt == null)
            .Select(p => p.Id)
            .ToListAsync(ct);
        return [.. people.Select(id => new Hit(id, null))];
    }

    private IQueryable<NameWord> Range(bool isGiven, string prefix)
    {
        var end = prefix + Folding.AfterAll;
        return db.NameWords.AsNoTracking().Where(w => w.IsGiven == isGiven && w.Word.CompareTo(prefix) >= 0 && w.Word.CompareTo(end) < 0);
    }

    private async Task<List<Candidate>> Misspelt(string word, IReadOnlyList<string> others, PeopleFilter filter, CancellationToken ct)
    {
        var keys = OneEdit.Keys(word).ToList();
        var near = await db
            .NameKeys.AsNoTracking()
            .Where(k => keys.Contains(k.Key))
            .Select(k => k.Word)
            .Distinct()
            .Take(300)
            .ToListAsync(ct);
        var family = near.Where(w => !w.StartsWith(word, StringComparison.Ordinal) && OneEdit.IsClose(word, w)).Take(100).ToList();
        return family.Count == 0
            ? []
            : await Matching(
                db.NameWords.AsNoTracking().Where(w => !w.IsGiven && family.Contains(w.Word)),
                others,
                filter,
                MostMisspelt,
                ct
            );
    }

    private async Task<List<Candidate>> Matching(
        IQueryable<NameWord> words,
        IReadOnlyList<string> others,
        PeopleFilter filter,
        int most,
        CancellationToken ct
    )
    {
        var people = words.Join(db.People.AsNoTracking(), w => w.PersonId, p => p.Id, (w, p) => new { w.Word, Person = p });
        foreach (var other in others)
        {
            var part = " " + other;
            people = people.Where(x => (" " + x.Person.SortKey).Contains(part));
        }
        if (filter.Among is { } among)
        {
            people = people.Where(x => among.Contains(x.Person.Id));
        }
        var (professions, skills, cells) = (filter.Professions, filter.Skills, filter.Cells);
        if (professions.Count > 0 && cells is null)
        {
            people = people.Where(x => db.Activities.Any(a => a.PersonId == x.Person.Id && professions.Contains(a.ProfessionCode)));
        }
        else if (professions.Count > 0)
        {
            people = people.Where(x =>
                db.Activities.Any(a =>
                    a.PersonId == x.Person.Id && professions.Contains(a.ProfessionCode) && cells!.Contains(a.Cell!.Value)
                )
            );
        }
        else if (cells is not null)
        {
            people = people.Where(x => db.Activities.Any(a => a.PersonId == x.Person.Id && cells.Contains(a.Cell!.Value)));
        }
        var sectors = filter.Sectors;
        if (sectors.Count > 0)
        {
            people = people.Where(x => db.Activities.Any(a => a.PersonId == x.Person.Id && sectors.Contains(a.SectorCode)));
        }
        if (skills.Count > 0)
        {
            people = people.Where(x => db.Skills.Any(s => s.PersonId == x.Person.Id && skills.Contains(s.Code)));
        }
        // The shortest words of a range come first: a whole name before names that begin with it.
        var rows = await people
            .OrderBy(x => x.Word)
            .Take(most)
            .Select(x => new
            {
                x.Person.Id,
                x.Person.SortKey,
                x.Person.FamilyName,
                x.Person.GivenName,
            })
            .ToListAsync(ct);
        return
        [
            .. rows.DistinctBy(r => r.Id)
                .Select(r => new Candidate(r.Id, r.SortKey, Folding.Fold(r.FamilyName), Folding.Fold(r.GivenName))),
        ];
    }

    /// <summary>Distance of each person's nearest fitting activity within the radius; null when no place was asked for.</summary>
    private async Task<Dictionary<Guid, double>?> Distances(List<Guid> ids, PeopleFilter filter, CancellationToken ct)
    {
        if (filter.Centre is null)
        {
            return null;
        }
        var activities = await db
            .Activities.AsNoTracking()
            .Where(a => ids.Contains(a.PersonId) && a.Cell != null)
            .Select(a => new
            {
                a.PersonId,
                a.ProfessionCode,
                a.Latitude,
                a.Longitude,
            })
            .ToListAsync(ct);
        return activities
            .Where(a => filter.Professions.Count == 0 || filter.Professions.Contains(a.ProfessionCode))
            .Select(a => (a.PersonId, Distance: filter.Distance(a.Latitude, a.Longitude)!.Value))
            .Where(a => a.Distance <= filter.RadiusKm)
            .GroupBy(a => a.PersonId)
            .ToDictionary(g => g.Key, g => g.Min(a => a.Distance));
    }

    /// <summary>0 the whole name, 1 the whole family name, 2 the start of names in either order, 3 a later word, 4 a first name only.</summary>
    private static int Rank(Candidate person, List<string> words, string question)
    {
        var turned = $"{person.Given} {person.Family}";
        if (question == person.SortKey || question == turned)
        {
            return 0;
        }
        if (question == person.Family)
        {
            return 1;
        }
        if (
            person.SortKey.StartsWith(question, StringComparison.Ordinal)
            || (words.Count > 1 && turned.StartsWith(question, StringComparison.Ordinal))
        )
        {
            return 2;
        }
        return words.Exists(w =>
            (" " + person.Family).Contains(" " + w, StringComparison.Ordinal)
            || person.Family.Replace(" ", "", StringComparison.Ordinal).StartsWith(w, StringComparison.Ordinal)
        )
            ? 3
            : 4;
    }
}

/// <summary>People found by name.</summary>
/// <param name="Hits">Best first, at most <see cref="NameSearch.Most"/> and some.</param>
/// <param name="OnlyGuesses">Nobody has that name; these have one a letter away.</param>
/// <param name="IsWhole">Somebody's whole name, or whole family name, is what was typed.</param>
internal sealed record NameHits(IReadOnlyList<Hit> Hits, bool OnlyGuesses, bool IsWhole);
