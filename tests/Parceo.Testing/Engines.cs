using System.Collections;
using NUnit.Framework;
using Parceo.Platform.Data;

namespace Parceo.Testing;

/// <summary>
/// The engines a fixture runs on: <c>[TestFixtureSource(typeof(Engines))]</c> with a constructor that takes an
/// <see cref="Engine"/>. <c>PARCEO_TEST_DATABASES</c> names them (default: Sqlite); one that is not configured is
/// reported as ignored, never hidden.
/// </summary>
public sealed class Engines : IEnumerable<TestFixtureData>
{
    /// <summary>Whether tests run on it.</summary>
    public static bool IsConfigured(Engine engine) =>
        (Environment.GetEnvironmentVariable("PARCEO_TEST_DATABASES") is { Length: > 0 } names ? names : nameof(Engine.Sqlite))
            .Split([';', ','], StringSplitOptions.TrimEntries)
            .Contains(engine.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IEnumerator<TestFixtureData> GetEnumerator()
    {
        foreach (var engine in Enum.GetValues<Engine>())
        {
            var data = new TestFixtureData(engine);
            yield return IsConfigured(engine) ? data : (TestFixtureData)data.Ignore($"{engine} is not in PARCEO_TEST_DATABASES.");
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
