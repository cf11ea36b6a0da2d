using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parceo.Access.Authentication;

/// <summary>What an OpenID Connect authorization remembers of the session that gave it; kept in its properties.</summary>
/// <param name="OrganisationId">Worked in then: the client stays in it.</param>
/// <param name="FactorProven">Whether the session had proven a second factor.</param>
/// <param name="Stamp">The person's security stamp then: a new password ends the authorization (S9).</param>
/// <param name="SessionId">The session, or what took its place: it ends with it.</param>
internal sealed record AuthorizationNote(Guid OrganisationId, bool FactorProven, string? Stamp, Guid SessionId = default)
{
    /// <summary>Name of the property.</summary>
    public const string Name = "parceo";

    /// <summary>From the properties' JSON; null when absent.</summary>
    public static AuthorizationNote? Read(string? properties)
    {
        if (string.IsNullOrEmpty(properties))
            return null;
        using var json = JsonDocument.Parse(properties);
        return json.RootElement.TryGetProperty(Name, out var note) ? note.Deserialize<AuthorizationNote>() : null;
    }

    /// <summary>The properties' JSON with this note in the place of the one before.</summary>
    public string In(string? properties)
    {
        var all = JsonNode.Parse(properties ?? "{}")!.AsObject();
        all[Name] = JsonSerializer.SerializeToNode(this);
        return all.ToJsonString();
    }

    /// <summary>As a property's value.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this);
}
