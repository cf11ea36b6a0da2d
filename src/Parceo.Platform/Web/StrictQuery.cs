using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Parceo.Platform.Web;

/// <summary>
/// The API takes the query parameters that an endpoint declares, each once, and times with their offset (S17, S36): what is
/// misspelt must not be answered as if it had been understood.
/// </summary>
internal static class StrictQuery
{
    private const int LongestName = 50;

    /// <summary>For all endpoints of the group.</summary>
    public static RouteGroupBuilder ReadQueriesStrictly(this RouteGroupBuilder group)
    {
        group.AddEndpointFilterFactory(
            (endpoint, next) =>
            {
                var declared = endpoint
                    .MethodInfo.GetParameters()
                    .Where(p => p.Name is not null && IsSimple(p.ParameterType))
                    .ToDictionary(p => p.Name!, p => p.ParameterType, StringComparer.OrdinalIgnoreCase);
                return call =>
                {
                    foreach (var (name, values) in call.HttpContext.Request.Query)
                        if (
                            !declared.TryGetValue(name, out var type)
                            || call.HttpContext.Request.RouteValues.ContainsKey(name)
                            || !Fits(type, values)
                        )
                            throw InvalidException.Of(name[..Math.Min(name.Length, LongestName)], "query_invalid");
                    return next(call);
                };
            }
        );
        return group;
    }

    private static bool Fits(Type type, StringValues values)
    {
        if (values is not [var value])
            return type.IsArray;
        if (string.IsNullOrEmpty(value))
            return true;
        var one = Nullable.GetUnderlyingType(type) ?? type;
        return one == typeof(DateTimeOffset) ? Instants.IsInstant(value)
            : one == typeof(DateOnly) ? Instants.IsDay(value)
            : true;
    }

    private static bool IsSimple(Type type)
    {
        var one = Nullable.GetUnderlyingType(type) ?? type;
        return one.IsPrimitive
            || one.IsEnum
            || one == typeof(string)
            || one == typeof(Guid)
            || one == typeof(DateTimeOffset)
            || one == typeof(DateOnly)
            || one == typeof(TimeOnly)
            || (one.IsArray && IsSimple(one.GetElementType()!));
    }
}
