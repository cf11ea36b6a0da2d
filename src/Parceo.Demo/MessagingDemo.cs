using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;

namespace Parceo.Demo;

/// <summary>
/// Conversations of CPTS du Val: two people, a group with a guest, channels with topics, desks, a priority message that
/// waits for Dr Roche. Nobody's patient is in them. Ids follow from conversation and entry: a second start adds nothing.
/// </summary>
internal sealed class MessagingDemo(MessagingDb db, ISender sender, MessageSeal seal, TimeProvider clock) : IDemoPart
{
    private const int Family = 70;
    private static readonly CastMember[] Cast =
    [
        DemoCast.Roche,
        DemoCast.Haddad,
        DemoCast.Petit,
        DemoCast.Weber,
        DemoCast.Faure,
        DemoCast.Zemmour,
        DemoCast.Noel,
        DemoCast.Bost,
        DemoCast.Lenoir,
        DemoCast.Sellami,
        DemoCast.Aubry,
    ];

    private Dictionary<Guid, Correspondent> cast = [];
    private DateTimeOffset now;

    public async Task Seed(CancellationToken ct)
    {
        if (await db.Conversations.AnyAsync(c => c.Id == DemoCast.IdOf(Family, 1), ct))
            return;
        now = clock.GetUtcNow();
        cast = (await sender.Send(new DescribePeople.Query(DemoCast.Val.Id, PersonIds: [.. Cast.Select(c => c.Id)]), ct)).ToDictionary(p =>
            p.PersonId
        );
        if (Array.Exists(Cast, c => !cast.ContainsKey(c.Id)))
            return;
        TwoPeople();
        Wounds();
        Outside();
        Channels();
        Desks();
        var away = db.Profiles.Add(new Profile(DemoCast.Petit.Id)).Entity;
        away.GoAway(now.AddDays(-2), now.AddDays(5), DemoCast.Haddad.Id, DemoCast.Haddad.FullName);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private void TwoPeople()
    {
        var care = Begin(1, ConversationKind.Direct, null, TimeSpan.FromHours(26), [DemoCast.Faure, DemoCast.Roche]);
        care.Say(
            DemoCast.Faure,
            0,
            "Bonjour Docteur, la plaie dont nous parlions hier évolue bien. Je garde le même protocole jusqu’à vendredi\u202F?"
        );
        care.Say(DemoCast.Roche, 12, "Oui, et nous refaisons le point vendredi. Merci.");
        care.Seen(DemoCast.Faure, DemoCast.Roche);
        care.Say(DemoCast.Faure, 1500, "C’est noté. Le nouveau protocole convient mieux, je vous raconte vendredi.");

        var shortage = Begin(2, ConversationKind.Direct, null, TimeSpan.FromMinutes(50), [DemoCast.Zemmour, DemoCast.Roche]);
        shortage.Say(DemoCast.Zemmour, 0, "Bonjour Docteur, une information importante pour vos ordonnances de la semaine.");
        shortage.Seen(DemoCast.Roche);
        var asked = shortage.Say(
            DemoCast.Zemmour,
            8,
            "**Apixaban 5\u00A0mg en rupture** jusqu’à jeudi chez tous mes fournisseurs. Confirmez-moi que vous l’avez lu\u202F: je préviens les autres cabinets ensuite.",
            priority: true
        );
        db.Confirmations.Add(new Confirmation(shortage.Id, asked, DemoCast.Roche.Id, now.AddHours(2)));

        var office = Begin(3, ConversationKind.Direct, null, TimeSpan.FromHours(3), [DemoCast.Bost, DemoCast.Roche]);
        office.Say(DemoCast.Bost, 0, "Le laboratoire a rappelé pour les commandes de kits. Je leur dis jeudi matin\u202F?");
        office.Say(DemoCast.Roche, 4, "Jeudi, parfait.");
        office.Seen(DemoCast.Bost, DemoCast.Roche);
    }

    private void Wounds()
    {
        var group = Begin(
            4,
            ConversationKind.Group,
            "Plaies chroniques, CPTS du Val",
            TimeSpan.FromDays(3),
            [DemoCast.Faure, DemoCast.Roche, DemoCast.Zemmour, DemoCast.Noel, DemoCast.Lenoir]
        );
        group.Say(
            DemoCast.Faure,
            0,
            "Bonjour à tous. Ce groupe sert à parler de nos pratiques\u202F: protocoles, matériel, organisation. *Aucun nom de patient ici.*"
        );
        var list = group.Say(
            DemoCast.Zemmour,
            40,
            "Liste du matériel en stock cette semaine\u202F:\n- hydrocellulaires 10\u00A0×\u00A010\n- alginates\n- interfaces siliconées"
        );
        group.React(DemoCast.Faure, 55, list, "👍");
        group.React(DemoCast.Noel, 61, list, "👍");
        group.Say(DemoCast.Lenoir, 1300, "Côté DAC, l’aide au financement du matériel est reconduite. Je peux vous présenter le dossier.");
        group.Seen(DemoCast.Faure, DemoCast.Zemmour, DemoCast.Noel, DemoCast.Lenoir, DemoCast.Roche);
        var who = group.Say(
            DemoCast.Faure,
            3900,
            $"{DemoCast.Roche.FullName}, pouvez-vous relire le protocole de compression avant jeudi\u202F?",
            named: DemoCast.Roche
        );
        group.Say(DemoCast.Noel, 3920, "Je m’occupe de le mettre en page.", answers: who);
        group.Take(DemoCast.Noel, 3921, who);
    }

    private void Outside()
    {
        var advice = Begin(10, ConversationKind.Group, "Dr Denis Morel", TimeSpan.FromHours(30), [DemoCast.Roche, DemoCast.Bost]);
        advice.Correspond(
            DemoCast.Roche,
            0,
            new MailTo(
                "denis.morel@demo.mssante.invalid",
                "Dr Denis Morel",
                "accueil.val@demo.mssante.invalid",
                "Délai d’un avis de cardiologie"
            ),
            "Cher confrère,\n\nSous quel délai voyez-vous en ce moment les patients que je vous adresse\u202F?\n\nDr Amandine Roche",
            1320,
            "Chère consœur,\n\nDix jours, deux si c’est pressé\u202F: dites-le dans le courrier.\n\nDr Denis Morel"
        );
    }

    private void Channels()
    {
        var life = Begin(
            5,
            ConversationKind.Channel,
            "Vie de la CPTS",
            TimeSpan.FromDays(9),
            [
                DemoCast.Sellami,
                DemoCast.Roche,
                DemoCast.Haddad,
                DemoCast.Petit,
                DemoCast.Weber,
                DemoCast.Faure,
                DemoCast.Zemmour,
                DemoCast.Noel,
                DemoCast.Bost,
                DemoCast.Aubry,
            ],
            open: true
        );
        life.Say(
            DemoCast.Sellami,
            0,
            "Bienvenue\u202F! Les informations de la communauté sont ici\u202F: un sujet par question, et on le marque résolu quand c’est fait."
        );
        var room = life.Open(DemoCast.Aubry, 30, 1, "Salle de la réunion du conseil");
        life.Say(DemoCast.Aubry, 31, "La salle habituelle est en travaux. Avez-vous une proposition\u202F?", topic: room);
        life.Say(DemoCast.Noel, 95, "Ma salle d’exercice est libre le mardi soir.", topic: room);
        life.Resolve(DemoCast.Aubry, 140, room);
        var flu = life.Open(DemoCast.Zemmour, 8000, 2, "Campagne de vaccination contre la grippe");
        life.Say(DemoCast.Zemmour, 8002, "Les doses sont arrivées. Qui ouvre des créneaux sans rendez-vous\u202F?", topic: flu);
        life.Say(DemoCast.Faure, 8040, "Le cabinet infirmier, le mercredi de 14\u00A0h à 17\u00A0h.", topic: flu);
        life.Seen([.. Cast.Where(c => c != DemoCast.Lenoir && c != DemoCast.Petit)]);
        var meeting = life.Open(DemoCast.Sellami, 12000, 3, "Réunion pluriprofessionnelle de jeudi");
        life.Say(
            DemoCast.Sellami,
            12001,
            "Jeudi à 20\u00A0h. Ordre du jour\u202F: soins non programmés, plaies chroniques, budget. Dites-moi ce qu’il manque.",
            topic: meeting
        );
        life.Say(DemoCast.Haddad, 12300, "J’ajoute un point sur les créneaux du samedi.", topic: meeting);
        db.Follows.AddRange(new TopicFollow(flu, DemoCast.Roche.Id), new TopicFollow(meeting, DemoCast.Sellami.Id));

        // One that Dr Roche has not entered: there is something to enter.
        var care = Begin(
            6,
            ConversationKind.Channel,
            "Soins non programmés",
            TimeSpan.FromDays(5),
            [DemoCast.Sellami, DemoCast.Haddad, DemoCast.Weber],
            open: true
        );
        care.Say(DemoCast.Weber, 0, "J’ouvre deux créneaux de plus ce soir.");
        care.Seen(DemoCast.Sellami, DemoCast.Haddad, DemoCast.Weber);
    }

    private void Desks()
    {
        var secretariat = Desk(
            1,
            DemoCast.Val,
            "Secrétariat de la CPTS",
            "Adhésions, formations, salles, remboursements",
            [DemoCast.Sellami, DemoCast.Bost]
        );
        var dac = Desk(
            2,
            DemoCast.Dac,
            "DAC\u00A057, coordination",
            "Situations complexes\u202F: aides à domicile, répit, droits",
            [DemoCast.Lenoir]
        );
        var badge = Begin(
            7,
            ConversationKind.DeskThread,
            "Badge de la salle de réunion",
            TimeSpan.FromDays(4),
            [DemoCast.Faure],
            desk: secretariat
        );
        badge.Say(DemoCast.Faure, 0, "Mon badge n’ouvre plus la salle. À qui le rapporter\u202F?");
        badge.Assign(DemoCast.Bost, 60, DemoCast.Bost);
        badge.Say(DemoCast.Bost, 65, "Déposez-le à l’accueil, je le fais réencoder.");
        badge.Finish(DemoCast.Bost, 1500);
        badge.Seen(DemoCast.Faure, DemoCast.Bost, DemoCast.Sellami);
        var training = Begin(
            8,
            ConversationKind.DeskThread,
            "Inscription à la formation plaies",
            TimeSpan.FromMinutes(95),
            [DemoCast.Zemmour],
            desk: secretariat
        );
        training.Say(DemoCast.Zemmour, 0, "Reste-t-il des places le mois prochain\u202F? Nous serions deux de la pharmacie.");
        var home = Begin(
            9,
            ConversationKind.DeskThread,
            "Aide à domicile\u202F: délais actuels",
            TimeSpan.FromHours(22),
            [DemoCast.Roche],
            desk: dac
        );
        home.Say(DemoCast.Roche, 0, "Bonjour, quels sont les délais pour une aide à domicile sur Metz en ce moment\u202F?");
        home.Assign(DemoCast.Lenoir, 30, DemoCast.Lenoir);
        home.Say(
            DemoCast.Lenoir,
            34,
            "Bonjour Docteur, environ dix jours. Je vous rappelle demain avec les associations qui ont de la place."
        );
    }

    private Desk Desk(int number, DemoOrganisation organisation, string name, string purpose, CastMember[] staff)
    {
        var desk = new Desk(DemoCast.IdOf(Family + 1, number), organisation.Id, name, purpose, now.AddDays(-60));
        desk.Staff([.. staff.Select(s => (s.Id, cast[s.Id].Name, cast[s.Id].Line))], DemoCast.IdOf(Family + 1, 100 + number));
        db.Desks.Add(desk);
        return desk;
    }

    private DemoScene Begin(
        int number,
        ConversationKind kind,
        string? title,
        TimeSpan ago,
        CastMember[] who,
        bool open = false,
        Desk? desk = null
    )
    {
        var (id, at, organisation) = (DemoCast.IdOf(Family, number), now - ago, desk?.OrganisationId ?? DemoCast.Val.Id);
        var conversation = new Conversation(
            id,
            organisation,
            kind,
            who[0].Id,
            at,
            title is null ? null : seal.Title(title, organisation, id),
            kind == ConversationKind.Direct ? Conversation.PairOf(who[0].Id, who[1].Id) : null,
            desk?.Id,
            open
        );
        foreach (var one in who)
        {
            var role =
                one == who[0] && kind != ConversationKind.DeskThread ? MemberRole.Owner
                : one.Organisation.Id == organisation || kind is ConversationKind.Direct or ConversationKind.DeskThread ? MemberRole.Member
                : MemberRole.Guest;
            conversation.Join(one.Id, cast[one.Id].Name, cast[one.Id].Line, one.Organisation.Id, role, withHistory: true, at);
        }
        foreach (var one in desk?.Members ?? [])
            conversation.Join(one.PersonId, one.Name, one.Line, organisation, MemberRole.Desk, withHistory: true, at);
        db.Conversations.Add(conversation);
        return new DemoScene(db, seal, conversation, number, at);
    }
}
