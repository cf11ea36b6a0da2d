using Parceo.Messaging.Client;

namespace Parceo.Proof.Tests;

/// <summary>What a client was told is on disk.</summary>
internal sealed record Acknowledged(Guid Conversation, Guid By, string Text, long Seq, Guid Id);

/// <summary>What one client saw of one conversation, in the order in which it saw it, and how far it was pushed to it.</summary>
internal sealed record History(Guid Conversation, Guid Person, IReadOnlyList<Entry> Entries, long Pushed);

/// <summary>Judges histories and acknowledgements alone: it knows nothing of the server.</summary>
internal static class ChatChecker
{
    public static IReadOnlyList<string> Faults(IReadOnlyList<History> histories, IReadOnlyCollection<Acknowledged> acknowledged)
    {
        var faults = new List<string>();
        foreach (var room in histories.GroupBy(h => h.Conversation))
        {
            var whole = room.MaxBy(h => h.Entries.Count)!.Entries;
            for (var i = 0; i < whole.Count; i++)
                if (whole[i].Seq != i + 1)
                {
                    faults.Add($"{room.Key}: entry {i + 1} has number {whole[i].Seq}");
                    break;
                }
            if (
                whole.Select(e => e.Id).Distinct().Count() != whole.Count
                || whole.Select(e => (e.By, e.ClientId)).Distinct().Count() != whole.Count
            )
                faults.Add($"{room.Key}: an entry is there twice");
            // Each text is written once: what was sent again and stored again is there twice, whatever it is called.
            if (whole.Where(e => e.Kind == "message").GroupBy(e => (e.By, e.Text)).FirstOrDefault(g => g.Count() > 1) is { } again)
                faults.Add($"{room.Key}: \"{again.Key.Text}\" is there {again.Count()} times");
            foreach (var said in acknowledged.Where(a => a.Conversation == room.Key))
                if (
                    said.Seq > whole.Count
                    || whole[(int)said.Seq - 1] is var kept && (kept.Id != said.Id || kept.Text != said.Text || kept.By != said.By)
                )
                    faults.Add($"{room.Key}: acknowledged {said.Seq} is not there");
            var left = whole.Where(e => e.Kind == "leave").ToDictionary(e => e.Body!.Value.GetProperty("person").GetGuid(), e => e.Seq);
            foreach (var history in room)
            {
                // Who left saw a beginning of it, and not a word from after.
                if (!history.Entries.Select(e => (e.Seq, e.Id)).SequenceEqual(whole.Take(history.Entries.Count).Select(e => (e.Seq, e.Id))))
                    faults.Add($"{history.Person} saw another order");
                // A client does not show what lies behind a gap: that it was pushed is a fault all the same.
                if (left.TryGetValue(history.Person, out var gone) && history.Pushed > gone)
                    faults.Add($"{history.Person} was told {history.Pushed}, left at {gone}");
                if (
                    left.TryGetValue(history.Person, out var end)
                        ? history.Entries.Any(e => e.Seq > end)
                        : history.Entries.Count != whole.Count
                )
                    faults.Add($"{history.Person} saw {history.Entries.Count} of {whole.Count}, left at {end}");
            }
            foreach (var (person, end) in left)
                if (whole.Any(e => e.By == person && e.Seq > end))
                    faults.Add($"{person} wrote after leaving");
        }
        return faults;
    }
}
