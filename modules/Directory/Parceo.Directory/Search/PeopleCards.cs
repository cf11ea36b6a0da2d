using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;

namespace Parceo.Directory.Search;

/// <summary>What is shown of people: three queries for a page of them, whatever its size.</summary>
internal sealed class PeopleCards(DirectoryDb db, Nos nos)
{
    /// <summary>People who are there, with all they do; in no order.</summary>
    public async Task<IReadOnlyList<Person>> Load(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id) && p.GoneAt == null).ToListAsync(ct);
        var activities = (await db.Activities.AsNoTracking().Where(a => ids.Contains(a.PersonId)).ToListAsync(ct)).ToLookup(a =>
            a.PersonId
        );
        var skills = (await db.Skills.AsNoTracking().Where(s => ids.Contains(s.PersonId)).ToListAsync(ct)).ToLookup(s => s.ActivityId);
        foreach (var person in people)
        {
            person.Activities.AddRange(activities[person.Id].OrderBy(a => a.StructureKey is null).ThenBy(a => a.Id));
            foreach (var activity in person.Activities)
            {
                activity.Skills.AddRange(skills[activity.Id]);
            }
        }
        return people;
    }

    /// <summary>A person as a search shows it.</summary>
    public FoundPerson Card(Person person, PeopleFilter filter) =>
        new(
            person.Id,
            person.NationalId,
            PersonName.Display(person.ExerciseTitle, person.GivenName, person.FamilyName),
            Profession(person),
            Skills(person),
            [
                .. person
                    .Activities.Where(a => a.StructureName is not null || a.Commune is not null)
                    .Select(a => (Activity: a, Distance: filter.Distance(a.Latitude, a.Longitude)))
                    .OrderBy(a => filter.Professions.Count > 0 && !filter.Professions.Contains(a.Activity.ProfessionCode))
                    .ThenBy(a => a.Distance ?? double.MaxValue)
                    .Select(a => new FoundActivity(
                        a.Activity.StructureName,
                        Address(a.Activity),
                        a.Activity.Commune,
                        a.Distance is { } km ? Math.Round(km, 1) : null,
                        a.Activity.Phone
                    )),
            ]
        );

    /// <summary>The person's profession, which agrees with them; several are joined by commas.</summary>
    public string Profession(Person person) =>
        string.Join(
            ", ",
            person.Activities.Select(a => nos.ProfessionLabel(a.ProfessionCode, a.ProfessionLabel, person.Civility)).Distinct()
        );

    /// <summary>Labels of the person's savoir-faire, ordinal specialties first.</summary>
    public IReadOnlyList<string> Skills(Person person) => [.. Ordered(person).Select(s => nos.SkillLabel(s.Code, s.Label)).Distinct()];

    /// <summary>The person's main specialty, or null.</summary>
    public static Skill? MainSkill(Person person) => Ordered(person).FirstOrDefault(s => s.Type == "S");

    /// <summary>Street, postal code and commune in one line.</summary>
    public static string? Address(Activity activity)
    {
        var town = string.Join(' ', new[] { activity.PostalCode, activity.Commune }.Where(t => t is not null));
        var line = string.Join(", ", new[] { activity.Street, town, activity.Country }.Where(t => !string.IsNullOrEmpty(t)));
        return line.Length == 0 ? null : line;
    }

    private static IEnumerable<Skill> Ordered(Person person) =>
        person.Activities.SelectMany(a => a.Skills).OrderBy(s => s.Type != "S").ThenBy(s => s.Code, StringComparer.Ordinal);
}
