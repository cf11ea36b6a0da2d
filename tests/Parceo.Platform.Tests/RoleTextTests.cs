using NUnit.Framework;

namespace Parceo.Platform.Tests;

internal sealed class RoleTextTests
{
    [Test]
    public void Every_role_has_one_name_of_its_own()
    {
        var names = Roles.All.Select(RoleText.Of).ToList();
        Assert.That(names, Is.Unique);
        Assert.That(names.Intersect(Roles.All), Is.Empty, "a role without a name is shown by its code");
    }

    [Test]
    public void The_most_telling_role_stands_in_the_shell() =>
        Assert.That(RoleText.First([Roles.Administrator, Roles.Regulator]), Is.EqualTo(RoleText.Of(Roles.Regulator)));
}
