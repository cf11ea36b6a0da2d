namespace Parceo.Demo;

/// <summary>Common French names, the most frequent first; any resemblance to a real professional is chance.</summary>
internal static class SyntheticNames
{
    public static readonly string[] Family =
    [
        .. """
            MARTIN BERNARD THOMAS PETIT ROBERT RICHARD DURAND DUBOIS MOREAU LAURENT SIMON MICHEL LEFEBVRE LEROY ROUX DAVID BERTRAND MOREL FOURNIER GIRARD
            BONNET DUPONT LAMBERT FONTAINE ROUSSEAU VINCENT MULLER LEFÈVRE FAURE ANDRÉ MERCIER BLANC GUÉRIN BOYER GARNIER CHEVALIER FRANÇOIS LEGRAND GAUTHIER GARCIA
            PERRIN ROBIN CLÉMENT MORIN NICOLAS HENRY ROUSSEL MATHIEU GAUTIER MASSON MARCHAND DUVAL DENIS DUMONT MARIE LEMAIRE NOËL MEYER DUFOUR MEUNIER
            BRUN BLANCHARD GIRAUD JOLY RIVIÈRE LUCAS BRUNET GAILLARD BARBIER ARNAUD MARTINEZ GÉRARD ROCHE RENARD SCHMITT ROY LEROUX COLIN VIDAL CARON
            PICARD ROGER FABRE AUBERT LEMOINE RENAUD DUMAS LACROIX OLIVIER PHILIPPE BOURGEOIS PIERRE BENOÎT REY LECLERC PAYET ROLLAND LECLERCQ GUILLAUME LECOMTE
            LOPEZ JEAN DUPUY GUILLOT HUBERT BERGER CARPENTIER SANCHEZ DUPUIS MOULIN LOUIS DESCHAMPS HUET VASSEUR PEREZ BOUCHER FLEURY ROYER KLEIN JACQUET
            ADAM PARIS POIRIER MARTY AUBRY GUYOT CARRÉ CHARLES RENAULT CHARPENTIER MÉNARD MAILLARD BARON BERTIN BAILLY HERVÉ SCHNEIDER FERNANDEZ COLLET LÉGER
            BOUVIER JULIEN PRÉVOST MILLET PERROT DANIEL COUSIN GERMAIN BRETON BESSON LANGLOIS RÉMY PELLETIER LÉVÊQUE PERRIER LEBLANC BARRÉ LEBRUN MARCHAL WEBER
            MALLET HAMON BOULANGER JACOB MONNIER MICHAUD RODRIGUEZ GUICHARD GILLET ÉTIENNE GRONDIN POULAIN TESSIER CHEVALLIER COLLIN CHAUVIN BOUCHET GAY LEMAÎTRE
            BÉNARD MARÉCHAL HUMBERT REYNAUD ANTOINE HOARAU PERRET BARTHÉLÉMY CORDIER PICHON LEJEUNE GILBERT LAMY DELAUNAY PASQUIER CARLIER LAPORTE WAGNER HENTZ KIEFFER
            ZIMMERMANN SCHMIDT HOFFMANN KELLER BECKER KUHN JUNG BAUER FISCHER WOLFF HAAS MATHIS NGUYEN TRAN BENALI HADDAD SELLAMI ZEMMOUR DIALLO TRAORÉ
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        "LE GOFF",
        "LE GALL",
        "DE LA TOUR",
        "DE OLIVEIRA",
        "DA SILVA",
        "D'ALMEIDA",
        "LE ROUX",
        "SAINT-MARTIN",
        "MEDDAH-LAÏD",
        "EL MANSOURI",
    ];

    public static readonly string[] Given =
    [
        .. """
            Marie Jean Pierre Nathalie Philippe Isabelle Michel Catherine Alain Sylvie Nicolas Camille Julie Thomas Sophie Laurent Céline Christophe Anne Julien
            Émilie Sébastien Sandrine Claire Antoine Pauline Stéphane Valérie Frédéric Léa Alexandre Manon Guillaume Chloé Vincent Sarah Mathieu Laura Olivier Marion
            Maxime Charlotte François Hélène Bruno Virginie Romain Amandine Thierry Aurélie Patrick Mélanie Éric Élodie David Caroline Benoît Delphine Rémi Inès
            Hugo Lucie Arnaud Agathe Fabien Audrey Jérôme Justine Denis Clémence Bilal Fatima Karim Nadia Mehdi Samira Gaël Gaëlle Loïc Maëlle
            Yann Noémie Florian Zoé Kévin Océane Benjamin Élise Damien Victoire Cédric Juliette Xavier Louise Franck Jeanne Marc Alice Didier Élisabeth
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        "Jean-Pierre",
        "Marie-Claude",
        "Anne-Sophie",
        "Jean Luc",
        "Marie-Noëlle",
    ];

    private static readonly HashSet<string> WomensNames =
    [
        .. """
            Marie Nathalie Isabelle Catherine Sylvie Camille Julie Sophie Céline Anne Émilie Sandrine Claire Pauline Valérie Léa Manon Chloé Sarah Laura Marion
            Charlotte Hélène Virginie Amandine Aurélie Mélanie Élodie Caroline Delphine Inès Lucie Agathe Audrey Justine Clémence Fatima Nadia Samira Gaëlle Maëlle
            Noémie Zoé Océane Élise Victoire Juliette Louise Jeanne Alice Élisabeth Marie-Claude Anne-Sophie Marie-Noëlle
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>Those of <see cref="Given"/> that women have: professions agree with them.</summary>
    public static readonly string[] Women = [.. Given.Where(WomensNames.Contains)];

    /// <summary>The others.</summary>
    public static readonly string[] Men = [.. Given.Except(WomensNames)];

    /// <summary>Beginnings and ends that make the long tail of rare family names.</summary>
    public static readonly string[] Heads =
        "BAR BEL BOR BRI CAL CHA COR DAL DEL FAR FLO GAL GRA HER JAN KER LAN LOR MAL MON NAR PAL PER QUI RAM ROS SAL SER TAL VAL VER WIL".Split(
            ' '
        );
    public static readonly string[] Middles = "BA BE CHE DI DO GE GI LA LE LI MA ME MI NA NE NI RE RI RO SE TA TE TI VE".Split(' ');
    public static readonly string[] Tails =
        "ARD AUD BERT BIER CHET COURT DEAU DIER DON ERET FELD GNON IER IN LET LIER MANN NET NIER OT RAND RET RON SON TEAU THIER TOT VILLE ZET".Split(
            ' '
        );

    public static readonly string[] Streets =
        "de la Gare|des Écoles|Jean Jaurès|Victor Hugo|du Général de Gaulle|de la République|Pasteur|des Lilas|du Moulin|de l'Église|Saint-Martin|des Tilleuls|du Château|de Verdun|Foch|du Stade".Split(
            '|'
        );
}
