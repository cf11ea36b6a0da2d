using System.Collections;
using NUnit.Framework;
using Parceo.Platform.Data;

namespace Parceo.Testing;

/// <summary>
/// The engines a fixture runs on: <c>[TestFixtureSource(typeof(Engines))]</c> with a constructor that takes an
/// <see cref="Engine"/>. <c>PARCEO_TEST_DATABASES</c> names them (default: Sqlite). Of what is the same on all of them one is
/// enough each day; with <c>PARCEO_TEST_LONG=1</c> it runs on every one. What does not run is reported as ignored, never hidden.
/// </summary>
public class Engines : IEnumerable<TestFixtureData>
{
    /// <summary>All that takes long runs: every engine, more rounds of a race (<c>build/test --long</c>).</summary>
    public static bool WholeRun => Environment.GetEnvironmentVariable("PARCEO_TEST_LONG") == "1";

    /// <summary>Whether tests run on it.</summary>
    public static bool IsConfigured(Engine engine) => Configured.Contains(engine);

    /// <summary>Why the fixture is left out on this engine; null where it runs.</summary>
    protected virtual string? LeftOut(Engine engine) =>
        !WholeRun && engine != Configured.Min() ? $"Engines do not differ here: {engine} runs with build/test --long." : null;

    /// <inheritdoc/>
    public IEnumerator<TestFixtureData> GetEnumerator()
    {
        foreach (var engine in Enum.GetValues<Engine>())
        {
            var data = new TestFixtureData(engine);
            var why = IsConfigured(engine) ? LeftOut(engine) : $"{engine} is not in PARCEO_TEST_DATABASES.";
            yield return why is null ? data : (TestFixtureData)data.Ignore(why);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Engine[] Configured { get; } =
    [
        .. (Environment.GetEnvironmentVariable("PARCEO_TEST_DATABASES") is { Length: > 0 } names ? names : nameof(Engine.Sqlite))
            .Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Enum.Parse<Engine>(name, ignoreCase: true)),
    ];
}

/// <summary>Every configured engine, every day: for races, constraints, statements of our own, starts and crashes, where engines differ.</summary>
public sealed class EveryEngine : Engines
{
    /// <inheritdoc/>
    protected override string? LeftOut(Engine engine) => null;
}
