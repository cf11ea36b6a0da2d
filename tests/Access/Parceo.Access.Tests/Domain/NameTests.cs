using Parceo.Access.Domain;

namespace Parceo.Access.Tests.Domain;

public sealed class NameTests
{
    [TestCase("Jeanne Bost", "bost jeanne")]
    [TestCase("Jean de La Fontaine", "de la fontaine jean")]
    [TestCase("Marie-Ève L’Écuyer", "l’ecuyer marie-eve")]
    [TestCase("NOËL Gaëlle", "noel gaelle")]
    [TestCase("Jean DUPONT MORETTI", "dupont moretti jean")]
    [TestCase("Zoé", "zoe")]
    public void A_list_of_people_is_in_order_of_this(string name, string key) => Assert.That(PersonName.SortKey(name), Is.EqualTo(key));

    [TestCase("a@exemple.fr;Ada Min", "a@exemple.fr", "Ada Min", null, null)]
    [TestCase("Ada;Min;a@exemple.fr", "a@exemple.fr", "Ada Min", null, null)]
    [TestCase("Ada Min <a@exemple.fr>", "a@exemple.fr", "Ada Min", null, null)]
    [TestCase("a@exemple.fr", "a@exemple.fr", "", null, null)]
    [TestCase("\"a@exemple.fr\",\"Ada Min\",\"Effecteur du SAS\"", "a@exemple.fr", "Ada Min", "effector", null)]
    [TestCase("a@exemple.fr\tAda Min\t10001234567", "a@exemple.fr", "Ada Min", null, "10001234567")]
    [TestCase("Ada Min;Secrétaire", "", "Ada Min", "delegate", null)]
    public void A_line_of_a_list_is_read_whatever_its_order(string line, string email, string name, string? role, string? number)
    {
        var one = InvitationList.Read(line).Single();
        Assert.That((one.Email, one.Name, one.Role, one.NationalId), Is.EqualTo((email, name, role, number)));
    }
}
