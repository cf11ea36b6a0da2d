using System.Text.Json;

namespace Parceo.Access.Authentication;

/// <summary>What an OpenID Connect authorization remembers of the session that gave it; kept in its properties.</summary>
/// <param name="OrganisationId">Worked in then: the client stays in it.</param>
/// <param name="FactorProven">Whether the session had proven a second factor.</param>
/// <param name="Stamp">The person's security stamp then: a new password ends the authorization (S9).</param>
internal sealed record AuthorizationNote(Guid OrganisationId, bool FactorProven, string? Stamp)
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

    /// <summary>As a property's value.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this);
}
