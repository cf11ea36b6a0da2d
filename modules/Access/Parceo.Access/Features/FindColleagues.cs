using FluentValidation;
using MediatR;
using Parceo.Access.Contracts;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>Answers <see cref="Contracts.FindColleagues"/>, as the host itself: memberships elsewhere are closed to the caller, a colleague's name is not.</summary>
internal static class FindColleagues
{
    public sealed class Validator : AbstractValidator<Contracts.FindColleagues>
    {
        public Validator()
        {
            RuleFor(q => q.Text).PlainText("text_invalid", 80);
            RuleFor(q => q.PersonIds).Must(ids => ids is null || ids.Count <= 500).WithMessage("too_many");
            RuleFor(q => q.PractitionerIds).Must(ids => ids is null || ids.Count <= 500).WithMessage("too_many");
            RuleFor(q => q.Limit).InclusiveBetween(1, 500).WithMessage("limit_invalid");
        }
    }

    public sealed class Handler(SystemSender system, ICurrentUser user)
        : IRequestHandler<Contracts.FindColleagues, IReadOnlyList<Colleague>>
    {
        public Task<IReadOnlyList<Colleague>> Handle(Contracts.FindColleagues request, CancellationToken ct) =>
            system.Send(new SearchColleagues.Query(request), user.CorrelationId, ct);
    }
}
