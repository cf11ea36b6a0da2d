using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Parceo.Host;

/// <summary>
/// Names of the shapes in <c>/openapi/v1.json</c>: module, feature, type (<c>SlotsBookSlotBody</c>). By itself each type gets
/// its own name only, and forty features' <c>Body</c> would be one shape. Programs have these names in their code: they
/// change with the feature, never with what else there is.
/// </summary>
internal static class SchemaNames
{
    private const string Nullable = "NullableOf";

    /// <summary>Null for what is described where it stands: text, numbers, lists.</summary>
    public static string? Of(JsonTypeInfo shape)
    {
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(shape) is not { } usual)
            return null;
        var type = System.Nullable.GetUnderlyingType(shape.Type) ?? shape.Type;
        return (usual.StartsWith(Nullable, StringComparison.Ordinal) ? Nullable : "") + Of(type);
    }

    /// <summary>Our enums travel as words; a schema that lists the words without saying so makes clients send numbers.</summary>
    public static Task EnumsAreText(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        if (schema.Enum is { Count: > 0 } && schema.Type is null or JsonSchemaType.Null)
            schema.Type = (schema.Type ?? 0) | JsonSchemaType.String;
        return Task.CompletedTask;
    }

    /// <summary>Times and days are read by rules of our own, of which a schema sees nothing.</summary>
    public static Task TimesAreText(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var underlying = System.Nullable.GetUnderlyingType(context.JsonTypeInfo.Type);
        var type = underlying ?? context.JsonTypeInfo.Type;
        var format =
            type == typeof(DateTimeOffset) ? "date-time"
            : type == typeof(DateOnly) ? "date"
            : null;
        if (format is null)
            return Task.CompletedTask;
        var none = underlying is not null && context.ParameterDescription is null ? JsonSchemaType.Null : 0;
        (schema.Type, schema.Format) = (JsonSchemaType.String | none, format);
        return Task.CompletedTask;
    }

    private static string Of(Type type)
    {
        if (type.IsArray)
            return "ArrayOf" + Of(type.GetElementType()!);
        var name = type.Name.Split('`')[0];
        for (var outer = type.DeclaringType; outer is not null; outer = outer.DeclaringType)
            name = outer.Name + name;
        if (type.IsGenericType)
            name += "Of" + string.Concat(type.GetGenericArguments().Select(Of));
        var module = ModuleOf(type);
        return name.StartsWith(module, StringComparison.Ordinal) ? name : module + name;
    }

    private static string ModuleOf(Type type) =>
        type.Assembly.GetName().Name!.Split('.') is ["Parceo", var module, ..]
        && module is not ("Abstractions" or "Platform" or "Host" or "Ui")
            ? module
            : "";
}
