namespace Parceo.Host;

/// <summary>The pages: the root document, the shell around the modules' pages, home and error pages.</summary>
internal static class HostPages
{
    public static void Add(WebApplicationBuilder builder)
    {
    }

    public static void Map(WebApplication app)
    {
    }
}
