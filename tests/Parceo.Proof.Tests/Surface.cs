using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>A live endpoint as a client sees it: what it is called by and what it takes.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">Route, parameters without their constraints: <c>/api/slots/ranges/{rangeId}/bookings</c>.</param>
/// <param name="Route">Names of its route parameters.</param>
/// <param name="Query">Its query parameters.</param>
/// <param name="Body">Type of its JSON body, or null.</param>
internal sealed record Call(string Method, string Pattern, IReadOnlyList<string> Route, IReadOnlyList<ParameterInfo> Query, Type? Body)
{
    /// <summary>What it reads of its query, a page's own parameters included.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public override string ToString() => $"{Method} {Pattern}";

    /// <summary>The address with values for its route parameters and for the query parameters it cannot do without.</summary>
    public string Path(Func<string, string> value)
    {
        var path = Route.Aggregate(Pattern, (p, name) =>
            p.Replace($"{{{name}}}", Uri.EscapeDataString(value(Meaning(name))), StringComparison.Ordinal)
        );
        var needed = Query
            .Where(q => !IsOptional(q) || q.Name == "place")
            .Select(q => $"{q.Name}={Uri.EscapeDataString(q.ParameterType == typeof(DateOnly) ? value(q.Name!)[..10] : value(q.Name!))}")
            .ToList();
        return needed.Count == 0 ? path : $"{path}?{string.Join('&', needed)}";
    }

    /// <summary>What a route parameter is the id of: <c>/tokens/{id}</c> takes a <c>tokenId</c>.</summary>
    public string Meaning(string name)
    {
        var segments = Pattern.Split('/');
        return name == "id" && Array.IndexOf(segments, "{id}") is var at and > 0 ? segments[at - 1].TrimEnd('s') + "Id" : name;
    }

    public static bool IsOptional(ParameterInfo p) => p.HasDefaultValue || MayBeNull(p);

    public static bool MayBeNull(ParameterInfo p) =>
        Nullable.GetUnderlyingType(p.ParameterType) is not null
        || new NullabilityInfoContext().Create(p).ReadState == NullabilityState.Nullable;
}

/// <summary>Everything that the running host answers to, read from its own table: nothing is listed by hand.</summary>
internal static class Surface
{
    private const string Nowhere = "00000000-0000-4000-8000-000000000001";

    /// <summary>Every endpoint; static files, which are public, and the catch-alls that say 404 are left out.</summary>
    public static IReadOnlyList<Call> Of(ParceoHost host) =>
        [
            .. from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where
                !endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor")
                && !endpoint.RoutePattern.Parameters.Any(p => p.IsCatchAll)
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            where !(method == "POST" && IsPage(endpoint)) // the same page; what its forms send stands among the requests
            let call = Of(endpoint, method)
            orderby call.Pattern, call.Method
            select call,
        ];

    private static bool IsPage(RouteEndpoint endpoint) => endpoint.Metadata.Any(m => m.GetType().Name == "ComponentTypeMetadata");

    private static Call Of(RouteEndpoint endpoint, string method)
    {
        var route = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToList();
        var pattern =
            "/"
            + string.Join(
                '/',
                endpoint.RoutePattern.PathSegments.Select(s =>
                    string.Concat(
                        s.Parts.Select(p =>
                            p switch
                            {
                                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
                                Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                                _ => ".",
                            }
                        )
                    )
                )
            );
        var parameters = endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [];
        var body =
            endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>() is { RequestType: { } type } accepts
            && accepts.ContentTypes.Contains("application/json")
                ? type
                : null;
        List<ParameterInfo> query =
        [
            .. parameters.Where(p =>
                p.ParameterType != body && !route.Contains(p.Name!, StringComparer.OrdinalIgnoreCase) && IsSimple(p.ParameterType)
            ),
        ];
        return new(method, pattern, route, query, body)
        {
            Names = [.. query.Select(q => q.Name!), .. NamesOf(endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type)],
        };
    }

    private static IEnumerable<string> NamesOf(Type? page) =>
        from property in page?.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? []
        let asked = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
        where asked is not null
        select asked.Name ?? property.Name;

    private static bool IsSimple(Type type)
    {
        var t = Nullable.GetUnderlyingType(type) ?? type;
        return t.IsPrimitive
            || t.IsEnum
            || t == typeof(string)
            || t == typeof(Guid)
            || t == typeof(DateTimeOffset)
            || t == typeof(DateOnly)
            || t == typeof(TimeOnly);
    }

    /// <summary>A body that can be read, whatever it then means.</summary>
    public static JsonObject Sample(Type type, Func<string, string> value)
    {
        var body = new JsonObject();
        foreach (var p in Members(type))
            body[Name(p)] = Sample(p.ParameterType, Name(p), value);
        return body;
    }

    /// <summary>The members of a body.</summary>
    public static IReadOnlyList<ParameterInfo> Members(Type type) =>
        type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters();

    /// <summary>A member's name in JSON.</summary>
    public static string Name(ParameterInfo member) => JsonNamingPolicy.CamelCase.ConvertName(member.Name!);

    /// <summary>A value that can be read, for a parameter or member of this name.</summary>
    public static JsonNode? Sample(Type type, string name, Func<string, string> value)
    {
        var t = Nullable.GetUnderlyingType(type) ?? type;
        // An id that nothing has: what cannot be read would be answered before anybody asks who may.
        if (t == typeof(Guid))
            return Guid.TryParse(value(name), out _) ? JsonValue.Create(value(name))
                : t == type ? JsonValue.Create(Nowhere)
                : null;
        if (t == typeof(string) || t == typeof(DateTimeOffset))
            return JsonValue.Create(value(name));
        if (t == typeof(TimeOnly))
            return JsonValue.Create("08:00:00");
        if (t == typeof(DateOnly))
            return JsonValue.Create(value("from")[..10]);
        if (t == typeof(bool))
            return JsonValue.Create(false);
        if (t.IsEnum)
            return JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(Enum.GetNames(t)[0]));
        if (t.IsPrimitive)
            return JsonValue.Create(int.TryParse(value(name), CultureInfo.InvariantCulture, out var number) ? number : 1);
        return t.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? new JsonArray() : Sample(t, value);
    }
}
