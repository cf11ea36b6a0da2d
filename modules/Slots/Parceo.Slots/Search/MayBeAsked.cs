using Parceo.Slots.Contracts;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Search;

/// <summary>Whom a solicitation may reach (W1.5), rule by rule: the same ones choose whom a wave asks and say why somebody is not asked.</summary>
internal static class MayBeAsked
{
    /// <summary>At a place of the territory.</summary>
    /// <param name="departements">By département.</param>
    /// <param name="communes">By commune (INSEE code), in addition.</param>
    public static IQueryable<Calendar> InTerritory(
        this IQueryable<Calendar> calendars,
        IReadOnlyCollection<string> departements,
        IReadOnlyCollection<string> communes
    ) => calendars.Where(c => departements.Contains(c.Departement) || communes.Contains(c.CommuneCode!));

    /// <summary>Of a group of specialties, or a NOS code.</summary>
    public static IQueryable<Calendar> OfSkill(this IQueryable<Calendar> calendars, string skill)
    {
        var group = SkillGroups.Of(skill);
        return calendars.Where(c => c.Skill == group);
    }

    /// <summary>Of those who see patients that way; at their own place everybody does.</summary>
    public static IQueryable<Calendar> TakingBy(this IQueryable<Calendar> calendars, Mode? mode, IQueryable<Agenda> agendas) =>
        mode switch
        {
            Mode.Visite => calendars.Where(c => agendas.Any(a => a.PractitionerId == c.PractitionerId && a.TakesVisits)),
            Mode.Teleconsultation => calendars.Where(c =>
                !agendas.Any(a => a.PractitionerId == c.PractitionerId && !a.TakesTeleconsultations)
            ),
            _ => calendars,
        };

    /// <summary>Under way at that time (D28).</summary>
    public static IQueryable<Absence> At(this IQueryable<Absence> absences, DateTimeOffset now) =>
        absences.Where(a => a.From <= now && (a.To == null || now < a.To));

    /// <summary>The one that ends last: without an end before all others.</summary>
    public static IQueryable<Absence> LastFirst(this IQueryable<Absence> absences) =>
        absences.OrderByDescending(a => a.To == null).ThenByDescending(a => a.To);
}
