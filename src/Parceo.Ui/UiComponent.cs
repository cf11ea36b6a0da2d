using Microsoft.AspNetCore.Components;

namespace Parceo.Ui;

/// <summary>A component that links files of this library by their fingerprinted address.</summary>
public abstract class UiComponent : ComponentBase
{
    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Address of <paramref name="file"/> of this library, absolute, with its fingerprint when the host has one.</summary>
    protected string FileUrl(string file) => BasePath + Assets[$"_content/Parceo.Ui/{file}"];

    /// <summary>Path the application is served under, « / » most often. Absolute addresses: a <c>base</c> element would break links such as « #contenu ».</summary>
    protected string BasePath => new Uri(Navigation.BaseUri).AbsolutePath;

    /// <summary>Path and query of the page, to come back to.</summary>
    protected string CurrentPath => "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
}
