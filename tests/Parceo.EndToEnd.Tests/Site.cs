using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.EndToEnd.Tests;

/// <summary>
/// What all tests share: the whole host with the demonstration world on SQLite, at <c>http://localhost:PORT</c> (passkeys
/// need that name), and one Chromium. Tests keep apart by using other people, days and hours.
/// </summary>
[SetUpFixture]
public sealed class Site
{
    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--lang=fr-FR",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream", // a microphone that beeps, and leave to hear it
    ];

    private const string HeadlessShell = "/usr/bin/chromium-headless-shell"; // Debian's package of that name

    private const string Paris = "Europe/Paris";

    private static readonly DirectoryInfo operatorFolder = System.IO.Directory.CreateTempSubdirectory("parceo-operateur-");
    private static IPlaywright? playwright;
    private static ParceoHost? host;
    private static IBrowser? browser;

    /// <summary>The host under test.</summary>
    public static ParceoHost Host => host!;

    /// <summary>The browser; each test opens its own contexts. Without a shell of its own, where there is one: twice as fast.</summary>
    public static IBrowser Browser => browser!;

    /// <summary>Another one with all that people have, pushes and their notices included; its owner closes it.</summary>
    public static Task<IBrowser> WholeBrowser() => Launch(Chromium());

    /// <summary>Address of the site, without a slash at the end.</summary>
    public static string Url => Host.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>The local day on which the demonstration world began.</summary>
    public static DateOnly Began { get; private set; }

    /// <summary>Root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    [OneTimeSetUp]
    public async Task Start()
    {
        // Tests speak of today and tomorrow: in the last half-hour of a day it is tomorrow already, so that midnight passes in none.
        var now = TimeProvider.System.GetUtcNow();
        Began = LocalTime.DayOf(now.AddMinutes(30), Paris);
        host = await ParceoHost.Start(
            Engine.Sqlite,
            demo: true,
            new Dictionary<string, string?>(AwayOperator.Settings(operatorFolder.FullName))
            {
                ["Access:SignInsPerMinute"] = "10000", // all come from one address here
            },
            at: LocalTime.DayOf(now, Paris) == Began ? now : LocalTime.At(Began, new(0, 1), Paris),
            jobs: true
        );
        playwright = await Playwright.CreateAsync();
        browser = await Launch(File.Exists(HeadlessShell) ? HeadlessShell : Chromium());
        // What others do shows within a second or so; a busy machine gets more. Pages that are live do not look by themselves
        // within that time, so it is still the push that is seen.
        SetDefaultExpectTimeout(25_000);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
        operatorFolder.Delete(recursive: true);
    }

    /// <summary>A service of the host.</summary>
    public static T Service<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    private static Task<IBrowser> Launch(string path) => playwright!.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags });

    private static string Chromium()
    {
        var path = Environment.GetEnvironmentVariable("PARCEO_CHROMIUM") is { Length: > 0 } given ? given : "/usr/bin/chromium";
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException(
                $"The browser tests need Chromium, and there is none at {path}. Install it (Debian, Ubuntu: apt-get install chromium) or set PARCEO_CHROMIUM to its path."
            );
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Parceo.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }
}
