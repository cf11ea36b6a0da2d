using FluentValidation;
using MediatR;
using Parceo.Access.Contracts;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>Answers <see cref="FindColleagues"/>, as the host itself: memberships elsewhere are closed to the caller, a colleague's name is not.</summary>
internal static class AnswerColleagues
{
    public sealed class Validator : AbstractValidator<FindColleagues>
    {
        public Validator()
        {
            RuleFor(q => q.Text).PlainText("text_invalid", 80);
            RuleFor(q => q.PersonIds).Must(ids => ids is null || ids.Count <= 500).WithMessage("too_many");
            RuleFor(q => q.PractitionerIds).Must(ids => ids is null || ids.Count <= 500).WithMessage("too_many");
            RuleFor(q => q.Limit).InclusiveBetween(1, 500).WithMessage("limit_invalid");
        }
    }

    public sealed class Handler(SystemSender system, ICurrentUser user) : IRequestHandler<FindColleagues, IReadOnlyList<Colleague>>
    {
        public Task<IReadOnlyList<Colleague>> Handle(FindColleagues request, CancellationToken ct) =>
            system.Send(new LookForColleagues.Query(request), user.CorrelationId, ct);
    }
}
