namespace Parceo.Platform;

/// <summary>A column whose values <see cref="FieldCipher"/> seals: what it takes to open one, and to seal it anew (S30).</summary>
/// <param name="Entity">Entity of the module's context.</param>
/// <param name="Property">Its property that is sealed.</param>
/// <param name="Table">The table's name as it was sealed for, <c>slots.booking</c>.</param>
/// <param name="Row">Property with the row's id as it was sealed for.</param>
public sealed record SealedColumn(Type Entity, string Property, string Table, string Row)
{
    /// <summary>The column's name as it was sealed for; <c>{0}</c> stands for <see cref="Part"/>. The property's own name in snake_case unless given.</summary>
    public string? Label { get; init; }

    /// <summary>Property that completes <see cref="Label"/>.</summary>
    public string? Part { get; init; }

    /// <summary>Property with the organisation whose key seals, on the row or on <see cref="Owner"/>.</summary>
    public string Organisation { get; init; } = nameof(IOwned.OrganisationId);

    /// <summary>Entity that knows the organisation, when the row does not.</summary>
    public Type? Owner { get; init; }

    /// <summary>Property of the row with the <see cref="Owner"/>'s key.</summary>
    public string? Link { get; init; }
}
