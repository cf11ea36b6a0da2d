using NUnit.Framework;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Features;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Notifications.Tests.Features;

/// <summary>What notices may be about is what the modules declare, no more and no less.</summary>
internal sealed class NoticeSubjectTests
{
    private const string Goats = "goats";
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        host = await ParceoHost.Start(
            Engine.Sqlite,
            settings: new Dictionary<string, string?> { ["Modules:messaging:Enabled"] = "false" },
            module: new GoatModule()
        );

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task A_notice_is_about_a_subject_that_an_enabled_module_declares()
    {
        var somebody = TestUser.Effector(Guid.CreateVersion7());
        Task Tell(string subject) =>
            host.SendAsSystem(
                new Contracts.NotifyPeople(
                    Guid.CreateVersion7(),
                    Guid.CreateVersion7(),
                    Recipients.Of(somebody.Id),
                    subject,
                    "Une chèvre vous attend.",
                    "/chevres"
                )
            );
        await Tell(Goats);
        Assert.That((await host.Send(somebody, new ListNotices.Query())).Notices.Single().Subject, Is.EqualTo(Goats));
        Assert.That(Code(await Refused(() => Tell(NoticeSubjects.Message))), Is.EqualTo("notice_subject_unknown"), "nobody declares it");
    }

    [Test]
    public async Task Preferences_are_about_the_subjects_that_enabled_modules_declare()
    {
        var somebody = TestUser.Effector(Guid.CreateVersion7());
        await host.Send(somebody, new SetPreferences.Command([Goats], null, null, [Goats]));
        var shown = await host.Send(somebody, new ShowSettings.Query());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown.Muted, Is.EqualTo(new[] { Goats }));
            Assert.That(shown.ByMail, Is.EqualTo(new[] { Goats }));
        }
        foreach (
            var refused in (SetPreferences.Command[])
                [new([NoticeSubjects.Message], null, null), new([], null, null, [NoticeSubjects.Message])]
        )
            Assert.That(Code(await Refused(() => host.Send(somebody, refused))), Is.EqualTo("notice_subject_unknown"));
    }

    private static string Code(RefusalException refused) => ((InvalidException)refused).Errors.Values.Single()[0];

    private sealed class GoatModule : IParceoModule
    {
        public string Name => "goat";

        public void AddServices(ModuleBuilder module) => module.AddNoticeSubject(Goats, "Une chèvre", "bell");
    }
}
