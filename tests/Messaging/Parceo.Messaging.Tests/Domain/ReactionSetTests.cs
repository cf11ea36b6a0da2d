using NUnit.Framework;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Tests.Domain;

/// <summary>A message takes 50 kinds of reactions and 500 entries about them; what stands may always be taken back.</summary>
internal sealed class ReactionSetTests
{
    private static readonly Guid Faure = Guid.CreateVersion7(),
        Noel = Guid.CreateVersion7();

    [Test]
    public void Fifty_kinds_and_no_more()
    {
        var set = new ReactionSet();
        foreach (var n in Enumerable.Range(0, ReactionSet.MostKinds))
            set.Take(Faure, Emoji(n), EntryKind.React);
        Assert.That(
            () => set.Take(Noel, Emoji(50), EntryKind.React),
            Throws.TypeOf<ConflictException>().With.Message.EqualTo("reactions_full")
        );
        Assert.That(() => set.Take(Noel, Emoji(0), EntryKind.React), Throws.Nothing, "a kind that is there");
        set.Take(Faure, Emoji(1), EntryKind.Unreact);
        Assert.That(() => set.Take(Noel, Emoji(50), EntryKind.React), Throws.Nothing, "there is room again");
    }

    [Test]
    public void Turning_one_on_and_off_ends_and_what_stands_is_taken_back()
    {
        var set = new ReactionSet();
        set.Take(Noel, Emoji(1), EntryKind.React);
        for (var n = 1; n < ReactionSet.MostEntries; n++)
            set.Take(Faure, Emoji(0), n % 2 == 1 ? EntryKind.React : EntryKind.Unreact);
        Assert.That(() => set.Take(Faure, Emoji(2), EntryKind.React), Throws.TypeOf<ConflictException>());
        set.Take(Noel, Emoji(1), EntryKind.Unreact);
        Assert.That(() => set.Take(Noel, Emoji(1), EntryKind.Unreact), Throws.TypeOf<ConflictException>());
        Assert.That(set.Current.Select(s => s.Key), Is.EqualTo(new[] { Emoji(0) }));
    }

    private static string Emoji(int n) => char.ConvertFromUtf32(0x1F400 + n);
}
