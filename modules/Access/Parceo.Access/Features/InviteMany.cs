using FluentValidation;
using MediatR;
using Parceo.Access.Contracts;
using Parceo.Access.Domain;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Invites many at once, each by <see cref="InvitePerson"/> in a transaction of its own: who can be invited is, and every other
/// line comes back with its reason, so that a list pasted twice does no harm.
/// </summary>
internal static class InviteMany
{
    /// <param name="Text">One person a line (<see cref="InvitationList"/>).</param>
    /// <param name="Role">For those whose line names none.</param>
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(string Text, string Role) : IRequest<Response>;

    /// <param name="Sent">Invited now.</param>
    /// <param name="Refused">Not invited.</param>
    /// <param name="Organisation">Who invites.</param>
    public sealed record Response(IReadOnlyList<Made> Sent, IReadOnlyList<Line> Refused, string Organisation);

    /// <summary>An invitation with the secret of its link, shown this once.</summary>
    /// <param name="Waits">Its role waits for another administrator (S25).</param>
    public sealed record Made(string Email, string Name, string Token, bool Waits = false);

    /// <summary>A line and why nobody was invited by it.</summary>
    public sealed record Line(int Number, string Text, string Code);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Text).NotEmpty().WithMessage("nobody_to_invite").MaximumLength(InvitationList.Longest);
            RuleFor(c => c.Text).Must(t => InvitationList.Read(t ?? "").Count <= InvitationList.Most).WithMessage("too_many_at_once");
            RuleFor(c => c.Role).Must(Roles.All.Contains).WithMessage("role_unknown");
        }
    }

    public sealed class Handler(ISender sender, AuditNote note, ICurrentUser user) : IRequestHandler<Command, Response>
    {
        // These are about the one who invites, not about a line: nothing else would fare better.
        private static readonly string[] Final = ["step_up_needed", "session_needed"];

        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            note.About("organisation", user.OrganisationId);
            var (sent, refused, organisation) = (new List<Made>(), new List<Line>(), "");
            foreach (var one in InvitationList.Read(command.Text))
            {
                try
                {
                    if (one.Email.Length == 0)
                        throw InvalidException.Of("text", "line_unreadable");
                    var (id, known) = await Find(one, ct);
                    var name = one.Name.Length > 0 ? one.Name : TextRules.WithoutTitle(known);
                    var made = await sender.Send(new InvitePerson.Command(one.Email, name, one.Role ?? command.Role, id), ct);
                    sent.Add(new Made(one.Email, name, made.Token, made.Waits));
                    organisation = made.Organisation;
                }
                catch (RefusalException refusal) when (!Final.Contains(refusal.Code))
                {
                    refused.Add(new Line(one.Line, one.Text, refusal.Codes[0]));
                }
            }
            return new Response(sent, refused, organisation);
        }

        private async Task<(Guid? Id, string Name)> Find(Invitee one, CancellationToken ct)
        {
            if (one.DirectoryId is { } id)
                return await sender.Send(new GetPractitioners.Query([id]), ct) is [var picked]
                    ? (picked.Id, picked.Name)
                    : throw new NotFoundException("practitioner_unknown");
            if (one.NationalId is not { } number)
                return (null, "");
            var found = await sender.Send(new FindPeople.Query(Q: number, Limit: 2), ct);
            return found.People is [var known] && known.NationalId.EndsWith(number, StringComparison.Ordinal)
                ? (known.Id, known.Name)
                : throw new NotFoundException("rpps_unknown");
        }
    }
}
