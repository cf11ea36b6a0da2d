using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Ui;

namespace Parceo.Regulation.Pages;

/// <summary>The page only sends requests.</summary>
public partial class Pools(ISender sender, ICurrentUser user, TimeProvider clock, ErrorTexts texts)
{
    private static readonly DayOfWeek[] Week =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
        DayOfWeek.Saturday,
        DayOfWeek.Sunday,
    ];
    private static readonly Choice[] Skills =
    [
        new("MEDECINE_GENERALE", "Médecine générale"),
        new("SM42", "Psychiatrie"),
        new("SM18", "Gériatrie"),
        new("SM40", "Pédiatrie"),
        new("60", "Infirmier"),
    ];

    private IReadOnlyList<ListPools.Row> pools = [];
    private IReadOnlyList<FieldError> errors = [];
    private CareKind? asked;
    private string? saved;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private bool MayChange => user.Can(RegulationPermissions.Configure);
    private string Zone => user.Rights.Zone;
    private DateTimeOffset Now => clock.GetUtcNow();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => pools = await sender.Send(new ListPools.Query());

    private async Task Save(ListPools.Row pool)
    {
        var (form, id) = (Http.Request.Form, pool.Kind.ToString());
        asked = pool.Kind;
        var days = Week.Select(d => (Day: d, Hours: HoursText.Read(d, form[$"{d}-{id}"]))).ToList();
        errors =
        [
            .. days.Where(d => d.Hours is null)
                .Select(d => new FieldError($"{d.Day}-{id}", $"{NameOf(d.Day)} : écrivez les heures ainsi, 8 h–12 h, 14 h–20 h.")),
        ];
        var people = ((string?[])[.. form[$"membre-{id}"], .. form[$"ajout-{id}"]])
            .Select(t => Guid.TryParse(t, out var who) ? who : (Guid?)null)
            .OfType<Guid>()
            .ToList();
        if (!Guid.TryParse(form[$"ajout-{id}"], out _) && form[$"ajout-{id}Text"].ToString().Length > 0)
            errors = [.. errors, new($"ajout-{id}", texts.Of("pool_member_unknown"))];
        if (errors.Count > 0)
            return;
        try
        {
            var name = form[$"nom-{id}"].ToString();
            await sender.Send(
                new SetPool.Command(
                    pool.Kind,
                    name.Length > 0 ? name : French.Of(pool.Kind),
                    form[$"specialite-{id}"].ToString(),
                    form[$"tel-{id}"],
                    people,
                    [.. days.SelectMany(d => d.Hours!)]
                )
            );
            (saved, asked) = ("Enregistré. Vaut pour les prochaines sollicitations.", null);
            pools = await sender.Send(new ListPools.Query());
        }
        catch (InvalidException refused)
        {
            errors = [.. refused.Errors.SelectMany(e => e.Value.Select(code => new FieldError($"{FieldOf(e.Key)}-{id}", texts.Of(code))))];
        }
        catch (RefusalException refused) when (refused.BelongsToForm)
        {
            errors = [new FieldError("", texts.Of(refused.Code))];
        }
    }

    /// <summary>What was typed, while it is refused; else what is stored.</summary>
    private string? Typed(string name, string? stored) =>
        errors.Count > 0 && Http.Request.HasFormContentType && Http.Request.Form.TryGetValue(name, out var typed) ? typed : stored;

    private static string FieldOf(string member) =>
        member switch
        {
            "skill" => "specialite",
            "phone" => "tel",
            "practitionerIds" => "ajout",
            _ => "nom",
        };

    private static string SkillOf(string code) => Array.Find(Skills, s => s.Value == code)?.Text ?? code;

    private static IReadOnlyList<Choice> SkillsWith(string code) =>
        Array.Exists(Skills, s => s.Value == code) ? Skills : [.. Skills, new(code, code)];

    private static string NameOf(DayOfWeek day)
    {
        var name = CultureInfo.GetCultureInfo("fr-FR").DateTimeFormat.GetDayName(day);
        return string.Concat(name[..1].ToUpperInvariant(), name.AsSpan(1));
    }
}
