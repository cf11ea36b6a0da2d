using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// The audit trail of the organisation worked in, newest first: all of it, or what one person did, what happened to one object,
/// what was refused. Reading it leaves a row in it (S32).
/// </summary>
internal static class ReadJournal
{
    private const int PageSize = 50;

    /// <param name="From">From then on.</param>
    /// <param name="To">Before then.</param>
    /// <param name="Actor">What this person did; empty: the host itself.</param>
    /// <param name="Person">Whose name begins so.</param>
    /// <param name="Action">Name of a request.</param>
    /// <param name="ObjectType">Kind of an object…</param>
    /// <param name="ObjectId">… and which one.</param>
    /// <param name="Outcome">Code of a refusal.</param>
    /// <param name="Refusals">Only what was refused.</param>
    /// <param name="Reference">All of one request: the reference that people are shown.</param>
    /// <param name="After">Cursor of the page before.</param>
    [Requires(AccessPermissions.ReadJournal), Audited, Limited(LimitKind.Search)]
    public sealed record Query(
        DateTimeOffset? From = null,
        DateTimeOffset? To = null,
        Guid? Actor = null,
        string? Person = null,
        string? Action = null,
        string? ObjectType = null,
        string? ObjectId = null,
        string? Outcome = null,
        bool Refusals = false,
        string? Reference = null,
        string? After = null
    ) : IRequest<Response>;

    /// <param name="Rows">At most 50.</param>
    /// <param name="Next">Cursor of the next page; null on the last.</param>
    public sealed record Response(IReadOnlyList<Row> Rows, string? Next);

    /// <param name="Id">Its number in the table.</param>
    /// <param name="Actor">Name; null for the host itself and for who was not signed in.</param>
    /// <param name="OnBehalfOf">Name of the professional a delegate acted for.</param>
    public sealed record Row(
        long Id,
        DateTimeOffset At,
        Guid ActorId,
        string? Actor,
        string? OnBehalfOf,
        string Means,
        string Action,
        string? ObjectType,
        string? ObjectId,
        string Outcome,
        string Reference,
        string? Address
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.To).Must((q, to) => q.From is null || to is null || q.From < to).WithMessage("journal_dates_invalid");
            RuleFor(q => q.Person).PlainText("name_invalid", 200);
            RuleFor(q => q.Action).PlainText("text_invalid", 100);
            RuleFor(q => q.ObjectType).PlainText("text_invalid", 100);
            RuleFor(q => q.ObjectId).PlainText("text_invalid", 100);
            RuleFor(q => q.Outcome).PlainText("text_invalid", 100);
            RuleFor(q => q.Reference).PlainText("text_invalid", 200);
        }
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, AuditNote note) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            note.About("organisation", user.OrganisationId);
            var rows = await Matching(q).OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(PageSize + 1).ToListAsync(ct);
            var shown = rows.Take(PageSize).ToList();
            var ids = shown.Select(r => r.ActorId).Distinct().ToList();
            var practitioners = shown.Select(r => r.OnBehalfOf).Distinct().ToList();
            var people = await db
                .People.AsNoTracking()
                .Where(p => ids.Contains(p.Id) || (p.DirectoryPersonId != null && practitioners.Contains(p.DirectoryPersonId)))
                .ToListAsync(ct);
            var names = people.ToDictionary(p => p.Id, p => p.FullName);
            var professionals = people
                .Where(p => p.DirectoryPersonId is not null)
                .ToDictionary(p => p.DirectoryPersonId!.Value, p => p.FullName);
            return new Response(
                [
                    .. shown.Select(r => new Row(
                        r.Id,
                        r.At,
                        r.ActorId,
                        names.GetValueOrDefault(r.ActorId),
                        r.OnBehalfOf is { } of ? professionals.GetValueOrDefault(of, "un professionnel") : null,
                        r.Means,
                        r.Action,
                        r.ObjectType,
                        r.ObjectId,
                        r.Outcome,
                        r.CorrelationId,
                        r.Address
                    )),
                ],
                rows.Count > PageSize ? $"{shown[^1].At.UtcTicks}-{shown[^1].Id}" : null
            );
        }

        private IQueryable<AuditRow> Matching(Query q)
        {
            var rows = db.Set<AuditRow>().AsNoTracking().Where(r => r.OrganisationId == user.OrganisationId);
            if (q.From is { } from)
                rows = rows.Where(r => r.At >= from);
            if (q.To is { } to)
                rows = rows.Where(r => r.At < to);
            if (q.Actor is { } actor)
                rows = rows.Where(r => r.ActorId == actor);
            if (TextRules.WordsOfName(q.Person ?? "") is { Length: > 0 } words)
            {
                var people = db.People.AsQueryable();
                foreach (var word in words)
                    people = people.Where(p => p.SearchText.Contains(word));
                rows = rows.Where(r => people.Any(p => p.Id == r.ActorId));
            }
            if (q.Action is { Length: > 0 } action)
                rows = rows.Where(r => r.Action == action);
            if (q.ObjectType is { Length: > 0 } type)
                rows = rows.Where(r => r.ObjectType == type);
            if (q.ObjectId is { Length: > 0 } id)
                rows = rows.Where(r => r.ObjectId == id);
            if (q.Outcome is { Length: > 0 } outcome)
                rows = rows.Where(r => r.Outcome == outcome);
            if (q.Refusals)
                rows = rows.Where(r => r.Outcome != "ok");
            if (q.Reference is { Length: > 0 } reference)
                rows = rows.Where(r => r.CorrelationId == reference);
            if (
                q.After?.Split('-') is [var ticks, var last]
                && long.TryParse(ticks, out var at)
                && at > 0
                && at <= DateTimeOffset.MaxValue.UtcTicks
                && long.TryParse(last, out var row)
            )
            {
                var before = new DateTimeOffset(at, TimeSpan.Zero);
                rows = rows.Where(r => r.At < before || (r.At == before && r.Id < row));
            }
            return rows;
        }
    }
}
