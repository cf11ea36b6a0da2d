using Microsoft.AspNetCore.Components;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Ui;

namespace Parceo.Regulation.Pages;

/// <summary>The page only sends requests.</summary>
public partial class Pools(TimeProvider clock)
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
    private CareKind? asked;
    private string? saved;

    private bool MayChange => User.Can(RegulationPermissions.Configure);
    private string Zone => Call.Rights.Zone;
    private DateTimeOffset Now => clock.GetUtcNow();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => pools = await Sender.Send(new ListPools.Query());

    private async Task Save(ListPools.Row pool)
    {
        var (form, id) = (Http.Request.Form, pool.Kind.ToString());
        asked = pool.Kind;
        var days = Week.Select(d => (Day: d, Hours: HoursText.Read(d, form[$"{d}-{id}"]))).ToList();
        foreach (var d in days.Where(d => d.Hours is null))
            Refuse(new FieldError($"{d.Day}-{id}", $"{NameOf(d.Day)} : écrivez les heures ainsi, 8 h–12 h, 14 h–20 h."));
        var people = ((string?[])[.. form[$"membre-{id}"], .. form[$"ajout-{id}"]])
            .Select(t => Guid.TryParse(t, out var who) ? who : (Guid?)null)
            .OfType<Guid>()
            .ToList();
        if (!Guid.TryParse(form[$"ajout-{id}"], out _) && form[$"ajout-{id}Text"].ToString().Length > 0)
            Refuse("pool_member_unknown", $"ajout-{id}");
        if (Errors.Count > 0)
            return;
        var stored = await Try(async _ =>
        {
            var name = form[$"nom-{id}"].ToString();
            await Sender.Send(
                new SetPool.Command(
                    pool.Kind,
                    name.Length > 0 ? name : French.Of(pool.Kind),
                    form[$"specialite-{id}"].ToString(),
                    form[$"tel-{id}"],
                    people,
                    [.. days.SelectMany(d => d.Hours!)]
                )
            );
        });
        if (!stored)
            return;
        (saved, asked) = ("Enregistré. Vaut pour les prochaines sollicitations.", null);
        pools = await Sender.Send(new ListPools.Query()); // after the act: refused by itself, it would deny what is stored
    }

    /// <summary>What was typed, while it is refused; else what is stored.</summary>
    private string? Typed(string name, string? stored) =>
        Errors.Count > 0 && Http.Request.HasFormContentType && Http.Request.Form.TryGetValue(name, out var typed) ? typed : stored;

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "skill" => $"specialite-{asked}",
            "phone" => $"tel-{asked}",
            "practitionerIds" => $"ajout-{asked}",
            _ => $"nom-{asked}",
        };

    private static string SkillOf(string code) => Array.Find(Skills, s => s.Value == code)?.Text ?? code;

    private static IReadOnlyList<Choice> SkillsWith(string code) =>
        Array.Exists(Skills, s => s.Value == code) ? Skills : [.. Skills, new(code, code)];

    private static string NameOf(DayOfWeek day) => FrenchText.Capital(FrenchText.Culture.DateTimeFormat.GetDayName(day));
}
