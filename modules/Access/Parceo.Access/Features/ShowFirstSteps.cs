using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Sending;

namespace Parceo.Access.Features;

/// <summary>
/// What an organisation's first day still lacks: the steps of all modules, each with what it is good for. They tick
/// themselves, since each is a question to the tables; asked as the host, because an administrator sees neither slots nor
/// channels (S25), only whether there are any.
/// </summary>
internal static class ShowFirstSteps
{
    /// <summary>The step that somebody else does for whoever is not alone (S25).</summary>
    public const string OwnRole = "access.own-role";

    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<Response>;

    /// <param name="Organisation">Its name.</param>
    /// <param name="Steps">All modules' own.</param>
    /// <param name="IsAlone">The caller is the only administrator: they may take the coordination (<see cref="GrantRole"/>).</param>
    /// <param name="OnlyAdministers">They have no other role here.</param>
    /// <param name="Operator">Name of the organisation that runs the installation.</param>
    public sealed record Response(string Organisation, IReadOnlyList<Step> Steps, bool IsAlone, bool OnlyAdministers, string Operator);

    /// <summary>A step and whether it is done; null when its module did not answer.</summary>
    /// <param name="IsMine">The caller may do it.</param>
    /// <param name="IsOperators">It is up to whoever runs the installation.</param>
    public sealed record Step(FirstStep What, bool? IsDone, bool IsMine, bool IsOperators);

    public sealed class Handler(
        AccessDb db,
        IEnumerable<FirstStep> steps,
        IServiceScopeFactory scopes,
        Installation installation,
        PermissionCatalog permissions,
        ICurrentUser user,
        TimeProvider clock
    ) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var organisation = await db.Organisations.Where(o => o.Id == user.OrganisationId).Select(o => o.Name).SingleAsync(ct);
            var day = new FirstDay(user.OrganisationId, user.Id, user.Rights.Departements, user.Rights.Communes);
            var alone = !await db.Administrators(user.OrganisationId, now).AnyAsync(m => m.PersonId != user.Id, ct);
            var seen = new List<Step>();
            foreach (var step in steps.OrderBy(s => s.Order))
                seen.Add(
                    new Step(
                        step,
                        await IsDone(step, day, ct),
                        (step.Permission is null || user.Can(step.Permission)) && (alone || step.Name != OwnRole),
                        permissions.All.Any(p => p.Name == step.Permission && p.OfInstallation)
                    )
                );
            return new Response(
                organisation,
                seen,
                alone,
                user.Rights.Roles.All(r => r == Roles.Administrator),
                await NameOf(await installation.Of(db, ct), ct)
            );
        }

        private async Task<string> NameOf(Guid organisation, CancellationToken ct) =>
            await db.Organisations.Where(o => o.Id == organisation).Select(o => o.Name).SingleOrDefaultAsync(ct) ?? "";

        private async Task<bool?> IsDone(FirstStep step, FirstDay day, CancellationToken ct)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("first-steps");
            try
            {
                return await step.IsDone(scope.ServiceProvider, day, ct);
            }
            catch (System.Data.Common.DbException)
            {
                return null; // one module's tables; the others have answered
            }
        }
    }
}
