using FluentValidation;
using MediatR;
using Parceo.Access.Contracts;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Confirms several at once, each by <see cref="ConfirmRole"/> with a trace of its own: what can be is, and for the others the
/// reason comes back.
/// </summary>
internal static class ConfirmRoles
{
    private const int Most = 200;

    /// <param name="Ids">Of proposals and invitations.</param>
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(IReadOnlyList<Guid> Ids) : IRequest<Response>;

    /// <param name="Confirmed">How many.</param>
    /// <param name="Refused">Codes of why the others were not, each once.</param>
    public sealed record Response(int Confirmed, IReadOnlyList<string> Refused);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Ids).NotEmpty().WithMessage("nothing_chosen");
            RuleFor(c => c.Ids).Must(i => i is null || i.Count <= Most).WithMessage("too_many_at_once");
        }
    }

    public sealed class Handler(ISender sender, ICurrentUser user, AuditNote note) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            note.About("organisation", user.OrganisationId);
            var (confirmed, refused) = (0, new List<string>());
            foreach (var id in command.Ids.Distinct())
            {
                try
                {
                    await sender.Send(new ConfirmRole.Command(id), ct);
                    confirmed++;
                }
                // About whoever confirms, not about one role: nothing else would fare better.
                catch (RefusalException refusal) when (refusal.Code is not ("step_up_needed" or "session_needed"))
                {
                    refused.Add(refusal.Code);
                }
            }
            return new Response(confirmed, [.. refused.Distinct()]);
        }
    }
}
