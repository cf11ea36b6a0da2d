using FluentValidation;
using MediatR;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Names accounts for conversations: what they are and where they work. Those who cannot be written to are left out.</summary>
internal static class DescribePeople
{
    private const int Most = 500;

    /// <param name="OrganisationId">As whose members they are shown when they are.</param>
    /// <param name="PersonIds">By account.</param>
    /// <param name="PractitionerIds">By the professional that they are.</param>
    /// <param name="Text">By name.</param>
    /// <param name="MembersOnly">Members of the organisation only; without any of the above, all of them.</param>
    /// <param name="Limit">1–500.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(
        Guid OrganisationId,
        IReadOnlyList<Guid>? PersonIds = null,
        IReadOnlyList<Guid>? PractitionerIds = null,
        string? Text = null,
        bool MembersOnly = false,
        int Limit = Most
    ) : IRequest<IReadOnlyList<Correspondent>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, Most).WithMessage("limit_invalid");
            RuleFor(q => q)
                .Must(q => q.MembersOnly || q.PersonIds is not null || q.PractitionerIds is not null || q.Text is not null)
                .WithMessage("recipients_invalid"); // never simply everybody
        }
    }

    public sealed class Handler(ISender sender) : IRequestHandler<Query, IReadOnlyList<Correspondent>>
    {
        public async Task<IReadOnlyList<Correspondent>> Handle(Query query, CancellationToken ct)
        {
            var colleagues = await sender.Send(
                new FindColleagues(
                    MessagingPermissions.Use,
                    query.Text,
                    query.PersonIds,
                    query.PractitionerIds,
                    query.MembersOnly ? query.OrganisationId : null,
                    query.Limit,
                    ShownIn: query.OrganisationId
                ),
                ct
            );
            var professionals = new Dictionary<Guid, Practitioner>();
            foreach (var ids in colleagues.Select(c => c.PractitionerId).OfType<Guid>().Distinct().Chunk(100))
            foreach (var found in await sender.Send(new GetPractitioners.Query(ids), ct))
                professionals[found.Id] = found;
            return
            [
                .. colleagues.Select(c => new Correspondent(
                    c.PersonId,
                    c.Name,
                    Line(c, professionals),
                    c.OrganisationId,
                    c.PractitionerId,
                    c.PractitionerId is { } id ? professionals.GetValueOrDefault(id)?.ProfessionCode : null
                )),
            ];
        }

        private static string Line(Colleague c, Dictionary<Guid, Practitioner> professionals) =>
            c.PractitionerId is { } id && professionals.TryGetValue(id, out var known)
                ? $"{known.Skill ?? known.Profession}, {c.Organisation}"
                : string.Join(", ", new[] { FunctionWords.Of(c.Roles), c.Organisation }.OfType<string>());
    }
}
