using System.Text.Json.Serialization;

namespace Parceo.Patients.Contracts;

/// <summary>
/// Who said what of a patient, and when; the newest word on each trait counts. Two sheets of one patient are merged entry by
/// entry: the same entries give the same patient, in whatever order they arrive and however often.
/// </summary>
/// <param name="Entries">Oldest first.</param>
public sealed record PatientSheet(IReadOnlyList<PatientEntry> Entries)
{
    private const int AtMost = 100; // of each trait: far more than people correct, a bound all the same

    /// <summary>Nobody has said anything yet.</summary>
    public static PatientSheet Empty { get; } = new([]);

    /// <summary>As known now.</summary>
    [JsonIgnore]
    public PatientContact Contact => new(Newest(PatientTrait.Name), Newest(PatientTrait.Phone));

    /// <summary>What was really new when it was said, oldest first: for people to read.</summary>
    [JsonIgnore]
    public IEnumerable<PatientEntry> History =>
        Entries.Where((e, i) => Entries.Take(i).LastOrDefault(x => x.Trait == e.Trait)?.Value != e.Value);

    /// <summary>The patient as known now.</summary>
    public PatientTraits Traits(int age, Sex sex) => new(age, sex, Contact.Name, Contact.Phone);

    /// <summary>Whether somebody else changed, since the person last looked, what they are about to change: they must look again.</summary>
    /// <param name="said">What they say now.</param>
    /// <param name="seen">What they saw when they began; null when they do not tell.</param>
    public bool ChangedSince(PatientContact said, PatientContact? seen) =>
        seen is not null && Each(said, seen).Any(x => x.Said != x.Seen && Newest(x.Trait) is var now && now != x.Seen && now != x.Said);

    /// <summary>With what somebody says now; a blank takes a trait away, and what they left as they saw it is not theirs to say.</summary>
    public PatientSheet Say(PatientContact said, PatientContact? seen, string by, DateTimeOffset at)
    {
        var last = Entries.Count == 0 ? at : Entries[^1].At;
        var when = at > last || Entries.Count == 0 ? at : last.AddTicks(1); // the clock of another node may be ahead
        return Merge(
            new([
                .. Each(said, seen ?? Contact)
                    .Where(x => x.Said != x.Seen && x.Said != Newest(x.Trait))
                    .Select(x => new PatientEntry(when, by, x.Trait, x.Said)),
            ])
        );
    }

    /// <summary>With what another sheet of the same patient knows.</summary>
    public PatientSheet Merge(PatientSheet other)
    {
        var all = Entries
            .Concat(other.Entries)
            .Distinct()
            .OrderBy(e => e.At)
            .ThenBy(e => e.Trait)
            .ThenBy(e => e.By, StringComparer.Ordinal)
            .ThenBy(e => e.Value, StringComparer.Ordinal)
            .ToList();
        foreach (var many in all.GroupBy(e => e.Trait).Where(g => g.Count() > AtMost).ToList())
        foreach (var old in many.Take(many.Count() - AtMost))
            all.Remove(old);
        return all.SequenceEqual(Entries) ? this : new(all);
    }

    private string? Newest(PatientTrait trait) => Entries.LastOrDefault(e => e.Trait == trait)?.Value;

    private static IEnumerable<(PatientTrait Trait, string? Said, string? Seen)> Each(PatientContact said, PatientContact seen) =>
        [(PatientTrait.Name, Words(said.Name), Words(seen.Name)), (PatientTrait.Phone, Words(said.Phone), Words(seen.Phone))];

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Somebody said something of a patient.</summary>
/// <param name="At">When; UTC.</param>
/// <param name="By">Who, as people read it.</param>
/// <param name="Trait">Of what.</param>
/// <param name="Value">What; null when it was taken away.</param>
public sealed record PatientEntry(DateTimeOffset At, string By, PatientTrait Trait, string? Value);

/// <summary>What may be completed after the first call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PatientTrait>))]
public enum PatientTrait
{
    /// <summary>As the caller says it.</summary>
    Name,

    /// <summary>To call back.</summary>
    Phone,
}
