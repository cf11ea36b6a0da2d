namespace Parceo.Platform.State;

/// <summary>What a figure counts.</summary>
public enum FigureUnit
{
    /// <summary>Things that wait.</summary>
    Count,

    /// <summary>Seconds since the oldest of them came.</summary>
    Seconds,
}

/// <summary>A figure of a module, or of the whole house.</summary>
/// <param name="Module">Whose.</param>
/// <param name="Value">How many, or how old in seconds.</param>
public sealed record FigurePart(string Module, double Value);

/// <summary>
/// A figure that tells whether the service does its work: a gauge for whoever collects metrics, a line of the page « État du
/// service ». Numbers only, never whom they concern.
/// </summary>
/// <param name="Name">Of the gauge: <c>securemail.due</c> becomes <c>parceo.securemail.due</c>.</param>
/// <param name="Label">French, a few words.</param>
/// <param name="Advice">French: what to do when it is above its limit.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Limit">Somebody should act above it.</param>
public sealed record ServiceFigure(string Name, string Label, string Advice, FigureUnit Unit, double Limit)
{
    /// <summary>Reads it: one part, or one for each module. Cheap, since every node does so twice a minute.</summary>
    public required Func<IServiceProvider, DateTimeOffset, CancellationToken, Task<IReadOnlyList<FigurePart>>> Read { get; init; }
}

/// <summary>A figure as it was read; no parts when it could not be.</summary>
public sealed record FigureReading(ServiceFigure Figure, IReadOnlyList<FigurePart> Parts)
{
    /// <summary>The worst part; null when it could not be read.</summary>
    public FigurePart? Worst => Parts.MaxBy(p => p.Value);

    /// <summary>Whether somebody should act.</summary>
    public bool IsHigh => Worst?.Value > Figure.Limit;
}
