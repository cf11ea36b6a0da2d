namespace Parceo.Access.Authentication;

/// <summary>
/// A way in beside this module's own, for whoever builds a host around it; a release has none. Sessions that it opened prove
/// themselves again by one click, as they have nothing else to show.
/// </summary>
/// <param name="Means">What its sessions say of how they were opened.</param>
/// <param name="Aside">The component that the sign-in page shows beside its form.</param>
internal sealed record OtherSignIn(string Means, Type Aside);
