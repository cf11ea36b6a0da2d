using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Platform.Tests.Probe;
using Parceo.Platform.Tests.Probe.Features;
using Parceo.Testing;

namespace Parceo.Platform.Tests;

/// <summary>S65: what a log says of a failure carries no value, whoever writes it.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class QuietLogTests(Engine engine)
{
    private readonly Heard heard = new();
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ProbeModule.Host(engine, services: s => s.AddSingleton<ILoggerProvider>(heard));

    [OneTimeTearDown]
    public async Task Stop()
    {
        await host.DisposeAsync();
        heard.Dispose();
    }

    [Test]
    public void An_exception_of_others_is_named_and_found_again_and_its_words_are_left_out()
    {
        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Test");
        var database = new PostgresException("duplicate key (name)=(Lenoir)", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation);
        foreach (
            var failure in new Exception[]
            {
                new DbUpdateException("Lenoir could not be saved", database),
                new AggregateException(new FormatException("'Lenoir' was not in a correct format.")),
                new ArgumentException("Lenoir is no département"),
            }
        )
            log.LogError(failure, "It failed");
        Assert.Multiple(() =>
        {
            Assert.That(heard.Lines, Has.None.Contains("Lenoir"));
            Assert.That(heard.Lines, Has.Some.Contains("DbUpdateException").And.Contains("PostgresException 23505"));
            Assert.That(heard.Lines, Has.Some.Contains("FormatException"));
        });
        log.LogError(
            new InvalidOperationException("Cannot parse the value 'Lenoir' as type 'System.Guid' for 'boite'.")
            {
                Source = "Microsoft.AspNetCore.Components.Endpoints",
            },
            "It failed"
        );
        Assert.That(heard.Lines, Has.None.Contains("Lenoir"), "what an address says");
        log.LogError(new InvalidOperationException("Unable to resolve service for type 'X'."), "It failed");
        Assert.That(heard.Lines, Has.Some.Contains("Unable to resolve service"));
    }

    [TestCase("/probe/refused?nom=Lenoir"), TestCase("/api/access/me?nom=Lenoir"), TestCase("/api/slots/search?limit=Lenoir")]
    public async Task An_ordinary_refusal_leaves_no_line(string address)
    {
        var before = heard.Lines.Count;
        using var client = host.Client();
        using var answer = await client.GetAsync(address);
        Assert.That((int)answer.StatusCode, Is.InRange(400, 499));
        Assert.That(
            heard
                .Lines.Skip(before)
                .Where(l => l.Contains("Lenoir", StringComparison.Ordinal) || l.Contains("   at ", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [Test]
    public async Task What_the_schema_refuses_is_told_once_with_its_number_and_where()
    {
        using var client = host.Client();
        var tally = Guid.CreateVersion7();
        using var answer = await client.PostAsJsonAsync("/api/probe/parts", new AddPart.Command(Guid.CreateVersion7(), tally, 1));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        var told = heard.Lines.Where(l => l.Contains("DbUpdateException", StringComparison.Ordinal)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(told, Has.Some.Contains("Unexpected failure").And.Contains("   at "));
            Assert.That(string.Concat(heard.Lines), Does.Not.Contain("foreign key").IgnoreCase, "the database's own words");
        });
    }

    [Test]
    public void The_levels_of_the_host_stay_as_they_are()
    {
        var log = host.Services.GetRequiredService<ILoggerFactory>();
        log.CreateLogger("Microsoft.EntityFrameworkCore.Database.Command").LogInformation("Executed DbCommand");
        log.CreateLogger("Parceo.Test").LogInformation("Something begins"); // test hosts are quiet: errors only
        log.CreateLogger("Parceo.Test").LogError("Something failed");
        Assert.That(heard.Lines, Has.None.Contains("Executed DbCommand").And.None.Contains("Something begins"));
        Assert.That(heard.Lines, Has.Some.Contains("Something failed"));
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
