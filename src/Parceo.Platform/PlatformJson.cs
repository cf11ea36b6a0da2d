using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Parceo.Platform;

/// <summary>JSON as Parceo speaks it on the wire and in its tables: camelCase, strict on input (S17, S36).</summary>
public static class PlatformJson
{
    /// <summary>What is written anywhere, and how input is read.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>
    /// How stored JSON is read, and what nodes tell each other: another version may have written it, with a member more or
    /// one less (S59). A member may be added, never removed or changed.
    /// </summary>
    public static JsonSerializerOptions Stored { get; } =
        Lenient(
            new(Options)
            {
                UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
                RespectRequiredConstructorParameters = false,
                RespectNullableAnnotations = false,
            }
        );

    /// <summary>How a request is written to be recognised: a member that another version added and that is not set changes nothing.</summary>
    public static JsonSerializerOptions Fingerprint { get; } =
        new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>Applies our rules to another set of options (minimal APIs, SignalR).</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 32;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All); // French as it is written; what HTML would misread stays escaped
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new Instants.InstantConverter());
        options.Converters.Add(new Instants.DayConverter());
        return options;
    }

    /// <summary>Without what only a caller must be told.</summary>
    private static JsonSerializerOptions Lenient(JsonSerializerOptions options)
    {
        foreach (var strict in options.Converters.Where(c => c is Instants.InstantConverter or Instants.DayConverter).ToList())
            options.Converters.Remove(strict);
        return options;
    }
}
