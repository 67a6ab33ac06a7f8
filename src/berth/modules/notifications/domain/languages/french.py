"""French. Before a colon and inside quotation marks it has a space that does not break."""

from berth.modules.notifications.domain.languages.words import Part, Phrase, Title, Words

FRENCH = Words(
    locale="fr",
    day="EEEE d MMMM y",
    first_day="EEEE d'er' MMMM y",
    titles={
        Title.RESERVED: "Réservé\N{NO-BREAK SPACE}: {what}",
        Title.PENDING: "En attente de confirmation\N{NO-BREAK SPACE}: {what}",
        Title.CHANGED: "Modifié\N{NO-BREAK SPACE}: {what}",
        Title.CANCELLED: "Annulé\N{NO-BREAK SPACE}: {what}",
        Title.READY: "Confirmé\N{NO-BREAK SPACE}: {what}",
        Title.MISSED: "Manqué\N{NO-BREAK SPACE}: {what}",
        Title.REMINDER: "Bientôt\N{NO-BREAK SPACE}: {what}",
        Title.CHANGE_REFUSED: "Non déplacé\N{NO-BREAK SPACE}: {what}",
        Title.APPROVAL_ASKED: "À vous de décider\N{NO-BREAK SPACE}: {what}",
        Title.APPROVED: "Approuvé\N{NO-BREAK SPACE}: {what}",
        Title.REJECTED: "Non approuvé\N{NO-BREAK SPACE}: {what}",
        Title.PAYMENT_ASKED: "À payer\N{NO-BREAK SPACE}: {what}",
        Title.PAYMENT_TAKEN: "Payé\N{NO-BREAK SPACE}: {what}",
        Title.PAYMENT_RETURNED: "Votre paiement pour {what}",
        Title.WAITLIST_OFFERED: "Libre pour vous\N{NO-BREAK SPACE}: {what}",
        Title.WAITLIST_OVER: "Fin de l’attente\N{NO-BREAK SPACE}: {what}",
        Title.PARTLY_CONFIRMED: "Confirmé en partie\N{NO-BREAK SPACE}: {what}",
        Title.NOT_CONFIRMED: "Non confirmé\N{NO-BREAK SPACE}: {what}",
        Title.SERIES_MISSED: "Manque dans votre série\N{NO-BREAK SPACE}: {what}",
        Title.CLOSED: "Fermé\N{NO-BREAK SPACE}: {what}",
        Title.SEARCH_MATCHED: "Libre maintenant\N{NO-BREAK SPACE}: {what}",
        Title.TICKETS: "Vos billets\N{NO-BREAK SPACE}: {what}",
    },
    phrases={
        Phrase.CREATED_SELF: "Vous avez réservé {it}.",
        Phrase.CREATED_STAFF: "L’administration a réservé pour vous {it}.",
        Phrase.CREATED_SYSTEM: "Berth a réservé pour vous {it}.",
        Phrase.PENDING: "Elle attend une confirmation. Nous vous préviendrons dès qu’elle sera confirmée.",
        Phrase.CHANGED_SELF: (
            "Vous avez modifié {members} de votre réservation. Elle est maintenant\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.CHANGED_STAFF: (
            "L’administration a modifié {members} de votre réservation. Elle est maintenant\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.CHANGED_SYSTEM: (
            "Berth a modifié {members} de votre réservation. Elle est maintenant\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.CANCELLED_SELF: "Vous avez annulé votre réservation\N{NO-BREAK SPACE}: {it}.",
        Phrase.CANCELLED_STAFF: "L’administration a annulé votre réservation\N{NO-BREAK SPACE}: {it}.",
        Phrase.CANCELLED_SYSTEM: (
            "Votre réservation n’a pas pu être maintenue, Berth l’a donc annulée\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.SERIES: "C’est la première des {count} réservations d’une série ; cela vaut pour toutes.",
        Phrase.REASON: "Motif\N{NO-BREAK SPACE}: {reason}",
        Phrase.READY: "Votre réservation est confirmée\N{NO-BREAK SPACE}: {it}.",
        Phrase.MISSED: "Personne ne s’est présenté, la réservation a donc été libérée\N{NO-BREAK SPACE}: {it}.",
        Phrase.REMINDER: "Votre réservation approche\N{NO-BREAK SPACE}: {it}.",
        Phrase.CHANGE_REFUSED: (
            "Votre réservation n’a pas pu être déplacée au {wanted}. Elle reste inchangée\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.APPROVAL_ASKED: "{owner} souhaite réserver {it}. Merci de décider avant le {until}.",
        Phrase.APPROVAL_REMINDED: "{owner} attend toujours votre réponse pour {it}. Merci de décider avant le {until}.",
        Phrase.APPROVAL_ESCALATED: (
            "{owner} souhaite réserver {it}. Personne n’a encore décidé, nous nous adressons donc à vous. "
            "Merci de décider avant le {until}."
        ),
        Phrase.APPROVED: "Votre réservation a été approuvée\N{NO-BREAK SPACE}: {it}.",
        Phrase.APPROVED_SELF: "Vous avez approuvé votre propre réservation\N{NO-BREAK SPACE}: {it}.",
        Phrase.REJECTED: "Votre réservation n’a pas été approuvée\N{NO-BREAK SPACE}: {it}.",
        Phrase.REJECTED_SELF: "Vous n’avez pas approuvé votre propre réservation\N{NO-BREAK SPACE}: {it}.",
        Phrase.MESSAGE: "Message\N{NO-BREAK SPACE}: {message}",
        Phrase.PAYMENT_ASKED: "Merci de payer {amount} pour obtenir votre réservation\N{NO-BREAK SPACE}: {it}.",
        Phrase.PAYMENT_TAKEN: "Merci. Vous avez payé {amount} pour votre réservation\N{NO-BREAK SPACE}: {it}.",
        Phrase.PAYMENT_RETURNED: "Nous vous rendons {returned} pour votre réservation\N{NO-BREAK SPACE}: {it}.",
        Phrase.PAYMENT_KEPT: "Selon les conditions d’annulation, {kept} ne sont pas rendus.",
        Phrase.PAYMENT_KEPT_WHOLE: (
            "Selon les conditions d’annulation, {kept} ne sont pas rendus pour votre réservation"
            "\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.ORDER_PAYMENT_ASKED: "Merci de payer {amount} pour obtenir vos places\N{NO-BREAK SPACE}: {it}.",
        Phrase.ORDER_PAYMENT_TAKEN: "Merci. Vous avez payé {amount} pour vos places\N{NO-BREAK SPACE}: {it}.",
        Phrase.ORDER_PAYMENT_RETURNED: "Nous vous rendons {returned} pour vos places\N{NO-BREAK SPACE}: {it}.",
        Phrase.ORDER_PAYMENT_KEPT_WHOLE: (
            "Selon les conditions d’annulation, {kept} ne sont pas rendus pour vos places\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.ORDER_PAID: "Vos billets sont prêts\N{NO-BREAK SPACE}: {it}.",
        Phrase.ORDER_CHANGED: (
            "L’administration a modifié {members} d’une représentation pour laquelle vous avez des billets. C’est "
            "maintenant\N{NO-BREAK SPACE}: {it}. Vos billets restent valables."
        ),
        Phrase.ORDER_CANCELLED_SELF: "Vous avez annulé votre commande\N{NO-BREAK SPACE}: {it}.",
        Phrase.ORDER_CANCELLED_STAFF: "L’administration a annulé votre commande\N{NO-BREAK SPACE}: {it}.",
        Phrase.ORDER_CANCELLED_SYSTEM: (
            "Votre commande n’a pas pu être maintenue, Berth l’a donc annulée\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.ORDER_RETURNED: "Tout ce que vous avez payé vous est rendu.",
        Phrase.ORDER_RETURNED_BY_TERMS: (
            "Les conditions d’annulation disent combien vous est rendu\N{NO-BREAK SPACE}: nous vous l’indiquerons."
        ),
        Phrase.PERFORMANCE_CANCELLED: (
            "La représentation n’a pas lieu, votre commande est donc annulée\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.WAITLIST_OFFERED: (
            "Vous attendiez, c’est votre tour\N{NO-BREAK SPACE}: {it}. Merci d’accepter avant le {until}."
        ),
        Phrase.WAITLIST_LAPSED: (
            "Vous n’avez pas accepté à temps, la place est donc passée à la personne suivante\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.WAITLIST_EXPIRED: "Rien ne s’est libéré à temps pour ce que vous attendiez\N{NO-BREAK SPACE}: {it}.",
        Phrase.SERIES_PENDING: (
            "Encore à confirmer\N{NO-BREAK SPACE}: {awaiting}. Nous vous préviendrons dès que tout sera décidé."
        ),
        Phrase.SERIES_ALL: (
            "Les {count} réservations de votre série sont confirmées. La première est\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.SERIES_SOME: (
            "Réservations confirmées de votre série\N{NO-BREAK SPACE}: {confirmed} sur {count}. "
            "La première est\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.SERIES_NONE: (
            "Aucune des {count} réservations de votre série n’a été confirmée\N{NO-BREAK SPACE}: {it}."
        ),
        Phrase.SERIES_MISSED: "Votre série continue, mais tout n’a pas pu être réservé\N{NO-BREAK SPACE}: {it}.",
        Phrase.OCCURRENCE_REFUSED: "La réservation du {when} n’a pas été confirmée\N{NO-BREAK SPACE}: {why}.",
        Phrase.OCCURRENCE_NOT_CONFIRMED: "La réservation du {when} n’a pas été confirmée.",
        Phrase.OCCURRENCE_TAKEN: "Le créneau du {when} était déjà pris.",
        Phrase.OCCURRENCE_NOT_ALLOWED: "Le créneau du {when} n’était pas permis par les règles.",
        Phrase.OCCURRENCES_MORE: "La page de la série montre les autres ({more}).",
        Phrase.CLOSED: "{what} est fermé\N{NO-BREAK SPACE}: {when}.",
        Phrase.CLOSED_MOVED: "Déplacé vers\N{NO-BREAK SPACE}: {moved}.",
        Phrase.CLOSED_PENDING: "Déplacé, et encore à confirmer\N{NO-BREAK SPACE}: {pending}.",
        Phrase.CLOSED_CANCELLED: "Annulé, car rien de semblable n’était libre\N{NO-BREAK SPACE}: {cancelled}.",
        Phrase.CLOSED_UNMOVED: (
            "Le déplacement qui n’était pas encore confirmé n’aura pas lieu\N{NO-BREAK SPACE}: {unmoved}."
        ),
        Phrase.CLOSED_HELD: "N’est plus gardé pour vous\N{NO-BREAK SPACE}: {held}.",
        Phrase.CLOSED_OFFERED: (
            "Ne vous est plus proposé, mais vous gardez votre rang dans la liste d’attente"
            "\N{NO-BREAK SPACE}: {offered}."
        ),
        Phrase.SEARCH_MATCHED: "Ceci correspond à votre recherche {search}\N{NO-BREAK SPACE}: {slots}.",
        Phrase.SEARCH_MORE: "D’autres possibilités correspondent aussi.",
        Phrase.SEARCH_FIRST: "Rien ne vous est gardé\N{NO-BREAK SPACE}: la première personne qui réserve l’obtient.",
    },
    parts={
        Part.AND: " et ",
        Part.MORE: "{count} autres",
        Part.QUOTED: "«\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}»",
        Part.RESERVATION: "la réservation {id}",
        Part.ORDER: "la commande {id}",
        Part.RESOURCE: "la ressource {id}",
        Part.SOMEBODY: "Quelqu’un",
        Part.TIME: "l’horaire",
        Part.NAME: "le nom",
        Part.RESOURCES: "les ressources",
        Part.TITLE: "le titre",
        Part.DESCRIPTION: "la description",
        Part.DETAILS: "les détails",
        Part.HELLO: "Bonjour {name},",
        Part.COLON: "\N{NO-BREAK SPACE}:",
        Part.WHAT_LABEL: "Quoi",
        Part.WHEN_LABEL: "Quand",
        Part.WHERE_LABEL: "Où",
        Part.TITLE_LABEL: "Titre",
        Part.OPEN: "Voir la réservation",
        Part.OPEN_WAITLIST: "Voir la liste d’attente",
        Part.OPEN_SERIES: "Voir la série",
        Part.OPEN_RESERVATIONS: "Voir vos réservations",
        Part.OPEN_FIND: "Voir ce qui est libre",
        Part.OPEN_ORDER: "Voir la commande",
        Part.WHY: (
            "Berth vous a envoyé ce message. Dans les réglages de vos notifications, vous choisissez ceux que vous "
            "recevez."
        ),
    },
)
