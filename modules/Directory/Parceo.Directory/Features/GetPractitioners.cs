using FluentValidation;
using MediatR;
using Parceo.Directory.Contracts;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Directory.Search;
using Query = Parceo.Directory.Contracts.GetPractitioners.Query;

namespace Parceo.Directory.Features;

/// <summary>People by id, for modules that keep a copy of a name and a place.</summary>
internal static class GetPractitioners
{
    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.PersonIds.Count).LessThanOrEqualTo(100).WithMessage("people_limit_invalid");
    }

    public sealed class Handler(PeopleCards cards, Nos nos) : IRequestHandler<Query, IReadOnlyList<Practitioner>>
    {
        public async Task<IReadOnlyList<Practitioner>> Handle(Query query, CancellationToken ct) =>
            [.. (await cards.Load([.. query.PersonIds.Distinct()], ct)).Select(Show)];

        private Practitioner Show(Person person)
        {
            var skill = PeopleCards.MainSkill(person);
            return new(
                person.Id,
                person.NationalId,
                PersonName.Display(person.ExerciseTitle, person.GivenName, person.FamilyName),
                cards.Profession(person),
                person.Activities.Select(a => a.ProfessionCode).FirstOrDefault() ?? "",
                skill is null ? null : nos.SkillLabel(skill.Code, skill.Label),
                skill is null ? person.Activities.Select(a => a.ProfessionCode).FirstOrDefault() ?? ""
                    : nos.Skill(skill.Code)?.Group == Nos.GeneralPractice ? Nos.GeneralPractice
                    : skill.Code,
                [
                    .. person.Activities.Select(a => new PractitionerActivity(
                        a.Id,
                        a.StructureName,
                        a.Street,
                        a.PostalCode,
                        a.CommuneCode,
                        a.Commune,
                        a.Departement,
                        a.Latitude,
                        a.Longitude,
                        a.Phone
                    )),
                ]
            );
        }
    }
}
