using NUnit.Framework;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Messaging.Pages;

namespace Parceo.Messaging.Tests.Domain;

/// <summary>What happened, in a sentence that agrees with whoever reads it.</summary>
internal sealed class EventTextTests
{
    private static readonly Guid Me = Guid.CreateVersion7(),
        Karim = Guid.CreateVersion7(),
        Elsa = Guid.CreateVersion7();

    private static string Said(EntryKind kind, Guid by, Guid? person = null, string? title = null) =>
        ChatWords.Event(
            new ListHistory.Line(
                1,
                Guid.Empty,
                kind,
                by,
                default,
                Guid.Empty,
                null,
                [],
                null,
                null,
                false,
                [],
                null,
                false,
                [],
                [],
                [],
                [],
                null,
                person,
                title,
                null,
                null,
                null,
                null
            ),
            Me,
            id =>
                id == Me ? "Vous"
                : id == Karim ? "Karim"
                : "Elsa",
            _ => "Lits"
        );

    [Test]
    public void It_is_said_to_whoever_did_it_whom_it_concerns_and_the_others()
    {
        Assert.That(Said(EntryKind.Join, Me, Elsa), Is.EqualTo("Vous avez ajouté Elsa"));
        Assert.That(Said(EntryKind.Join, Karim, Me), Is.EqualTo("Karim vous a ajouté"));
        Assert.That(Said(EntryKind.Join, Karim, Elsa), Is.EqualTo("Karim a ajouté Elsa"));
        Assert.That(Said(EntryKind.Join, Elsa, Elsa), Is.EqualTo("Elsa a rejoint la conversation"));
        Assert.That(Said(EntryKind.Leave, Me, Me), Is.EqualTo("Vous avez quitté la conversation"));
        Assert.That(Said(EntryKind.Leave, Karim, Elsa), Is.EqualTo("Karim a retiré Elsa"));
        Assert.That(Said(EntryKind.Assign, Karim, Me), Is.EqualTo("Karim vous a confié le fil"));
        Assert.That(Said(EntryKind.Assign, Me, Me), Is.EqualTo("Vous vous en chargez"));
        Assert.That(Said(EntryKind.Topic, Me, title: "Lits"), Is.EqualTo("Vous avez ouvert le sujet\u00A0: Lits"));
        Assert.That(Said(EntryKind.Done, Karim), Is.EqualTo("Karim a terminé le fil"));
    }

    [Test]
    public void Whatever_happens_has_its_sentence()
    {
        foreach (var kind in Enum.GetValues<EntryKind>().Where(k => k >= EntryKind.Join && k != EntryKind.MailState))
        foreach (var by in new[] { Me, Karim })
        foreach (var person in new Guid?[] { null, Me, Elsa, by })
            Assert.That(Said(kind, by, person), Has.Length.GreaterThan(10).And.Not.Contains("{"), $"{kind}");
    }
}
