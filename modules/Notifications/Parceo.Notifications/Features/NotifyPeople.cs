using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Domain;
using Parceo.Notifications.Events;
using Parceo.Platform;

namespace Parceo.Notifications.Features;

/// <summary>Answers <see cref="Contracts.NotifyPeople"/>: a line for each person, and a push to each of their devices in the same transaction's outbox.</summary>
internal static class NotifyPeople
{
    public sealed class Validator : AbstractValidator<Contracts.NotifyPeople>
    {
        public Validator(IEnumerable<NoticeSubject> subjects)
        {
            RuleFor(n => n.Recipients).NotNull().Must(r => r.People.Count + r.Practitioners.Count <= 500).WithMessage("too_many");
            RuleFor(n => n.Recipients).Must(r => r.Practitioners.Count == 0 || r.Permission is not null).WithMessage("permission_missing");
            RuleFor(n => n.Subject).Must(name => subjects.Any(s => s.Name == name)).WithMessage("notice_subject_unknown");
            RuleFor(n => n.Text).NotEmpty().MaximumLength(160).WithMessage("notice_text_invalid");
            RuleFor(n => n.Link)
                .Must(l => l.StartsWith('/') && !l.StartsWith("//", StringComparison.Ordinal) && l.Length <= 200)
                .WithMessage("notice_link_invalid");
        }
    }

    public sealed class Handler(NotificationsDb db, ISender sender, IIds ids, TimeProvider clock)
        : IRequestHandler<Contracts.NotifyPeople, Unit>
    {
        public async Task<Unit> Handle(Contracts.NotifyPeople request, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            if (request.Until <= now)
                return Unit.Value; // of no use any more: a late delivery must not fill the list
            var people = await People(request.Recipients, ct);
            var told = await db
                .Notices.Where(n => n.EventId == request.EventId && people.Contains(n.PersonId))
                .Select(n => n.PersonId)
                .ToListAsync(ct);
            var fresh = people.Except(told).ToList();
            if (fresh.Count == 0)
                return Unit.Value;
            var devices = (await db.Devices.AsNoTracking().Where(d => fresh.Contains(d.PersonId)).ToListAsync(ct)).ToLookup(d =>
                d.PersonId
            );
            var wishes = await db.Preferences.AsNoTracking().Where(p => fresh.Contains(p.PersonId)).ToDictionaryAsync(p => p.PersonId, ct);
            // A notice that is replaced again and again is written about at its first time, not put off for ever.
            var mailTimes = new Dictionary<Guid, DateTimeOffset>();
            if (request.Replaces)
                foreach (
                    var before in await db
                        .Notices.Where(n => n.Topic == request.Topic && fresh.Contains(n.PersonId) && n.ReadAt == null)
                        .OrderBy(n => n.At)
                        .ToListAsync(ct)
                )
                {
                    if (before.MailAt is { } mail)
                        mailTimes.TryAdd(before.PersonId, mail);
                    before.Read(now);
                }
            foreach (var person in fresh)
            {
                var notice = new Notice(
                    ids.New(),
                    person,
                    request.EventId,
                    request.Topic,
                    request.Subject,
                    request.Text,
                    request.Link,
                    request.Urgent,
                    request.Until,
                    now
                );
                db.Notices.Add(notice);
                var wish = wishes.GetValueOrDefault(person) ?? new Preferences(person);
                if (wish.WantsMail(request.Subject))
                    notice.MailFrom(mailTimes.TryGetValue(person, out var first) ? first : wish.MailTime(now));
                if (!devices.Contains(person) || !wish.Wants(request.Subject))
                    continue;
                notice.PushFrom(wish.PushTime(now, request.Urgent));
                if (notice.NextPushAt <= now)
                    Push.Now(db, notice, devices[person], now);
            }
            db.Publish(new NoticesChanged(fresh), request.Topic);
            return Unit.Value;
        }

        private async Task<List<Guid>> People(Recipients to, CancellationToken ct)
        {
            if (to.Practitioners.Count == 0)
                return [.. to.People.Distinct()];
            var accounts = await sender.Send(new FindAccounts(to.Practitioners, to.Permission!), ct);
            return [.. to.People.Concat(accounts.Select(a => a.PersonId)).Distinct()];
        }
    }

    /// <summary>Puts a notice's pushes into the outbox.</summary>
    internal static class Push
    {
        public static void Now(NotificationsDb db, Notice notice, IEnumerable<Device> devices, DateTimeOffset now)
        {
            foreach (var device in devices)
                db.Publish(new PushWanted(device.Id, notice.Id, notice.Urgent, notice.Until), device.Id);
            notice.Pushed(now);
        }
    }
}
