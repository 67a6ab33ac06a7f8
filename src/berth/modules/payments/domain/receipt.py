"""A receipt in words: what was paid for, how much of it was taken, and how much was given back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from berth.kit.money import written
from berth.modules.payments.domain.account import Of
from berth.modules.payments.domain.intent import Intent, PaymentState
from berth.modules.payments.domain.pricing import Agreement, Line, PriceUnit

Language = Literal["en", "fr", "es"]

WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "Receipt",
        "number": "Number",
        "date": "Date",
        "payer": "Paid by",
        "reservation": "Reservation",
        "order": "Order",
        "performance": "Performance",
        "time": "Time",
        "what": "What",
        "price": "Price",
        "amount": "Amount",
        "reservation_total": "Price of the reservation",
        "order_total": "Price of the order",
        "this": "Of which by this payment",
        "taken": "Taken",
        "returned": "Returned",
        "stays": "Stays paid",
        "state": "State",
        "reference": "Reference",
        "hour": "an hour",
        "seat": "each",
        "reservation_unit": "for the reservation",
        "opening": "being prepared",
        "awaiting": "to be paid",
        "authorised": "held, not taken yet",
        "taken_state": "paid",
        "part_returned": "partly returned",
        "returned_state": "returned",
        "declined": "not made",
    },
    "fr": {
        "title": "Reçu",
        "number": "Numéro",
        "date": "Date",
        "payer": "Payé par",
        "reservation": "Réservation",
        "order": "Commande",
        "performance": "Représentation",
        "time": "Horaire",
        "what": "Objet",
        "price": "Tarif",
        "amount": "Montant",
        "reservation_total": "Prix de la réservation",
        "order_total": "Prix de la commande",
        "this": "Dont par ce paiement",
        "taken": "Encaissé",
        "returned": "Remboursé",
        "stays": "Reste payé",
        "state": "État",
        "reference": "Référence",
        "hour": "par heure",
        "seat": "chacun",
        "reservation_unit": "pour la réservation",
        "opening": "en préparation",
        "awaiting": "à payer",
        "authorised": "réservé, pas encore encaissé",
        "taken_state": "payé",
        "part_returned": "remboursé en partie",
        "returned_state": "remboursé",
        "declined": "non effectué",
    },
    "es": {
        "title": "Recibo",
        "number": "Número",
        "date": "Fecha",
        "payer": "Pagado por",
        "reservation": "Reserva",
        "order": "Pedido",
        "performance": "Función",
        "time": "Horario",
        "what": "Concepto",
        "price": "Tarifa",
        "amount": "Importe",
        "reservation_total": "Precio de la reserva",
        "order_total": "Precio del pedido",
        "this": "De ello, con este pago",
        "taken": "Cobrado",
        "returned": "Devuelto",
        "stays": "Queda pagado",
        "state": "Estado",
        "reference": "Referencia",
        "hour": "por hora",
        "seat": "cada uno",
        "reservation_unit": "por la reserva",
        "opening": "en preparación",
        "awaiting": "por pagar",
        "authorised": "retenido, aún no cobrado",
        "taken_state": "pagado",
        "part_returned": "devuelto en parte",
        "returned_state": "devuelto",
        "declined": "no realizado",
    },
}

POINTS: Mapping[Language, str] = {"en": ".", "fr": ",", "es": ","}
STATES = {PaymentState.TAKEN: "taken_state", PaymentState.RETURNED: "returned_state"}
DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt ready to be printed: pairs of a label and a value above, rows of three, and pairs below."""

    language: Language
    title: str
    head: tuple[tuple[str, str], ...]
    columns: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    sums: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paid:
    """What a receipt is about. ``date`` is when the payment came to stand as it does.

    ``reservation_id`` is the number of a reservation, or of an order, as ``of`` says.
    """

    id: int
    reservation_id: int
    payer: str
    intent: Intent
    state: PaymentState
    agreement: Agreement
    date: datetime
    of: Of = Of.RESERVATION


def number(id_: int) -> str:
    """Answer the number of a payment's receipt."""
    return f"R-{id_:08}"


def receipt(paid: Paid, language: Language) -> Receipt:
    """Answer the receipt in this language, with times in the zone of what was reserved."""
    words, point, where = WORDS[language], POINTS[language], ZoneInfo(paid.agreement.timezone)
    confirmed, currency = paid.intent.confirmed, paid.intent.currency

    def money(amount_minor: int) -> str:
        return written(amount_minor, currency, point=point)

    head = [
        (words["number"], number(paid.id)),
        (words["date"], f"{paid.date.astimezone(where):%Y-%m-%d %H:%M} {where.key}"),
        (words["payer"], paid.payer),
        (words[paid.of], str(paid.reservation_id)),
        *([(words["performance"], paid.agreement.performance)] if paid.agreement.performance else []),
        (words["time"], _span(paid.agreement.start, paid.agreement.end, where)),
        (words["state"], words[STATES.get(paid.state, paid.state)]),
    ]
    if confirmed.reference:
        head.append((words["reference"], confirmed.reference))
    sums = [(words[f"{paid.of}_total"], money(paid.agreement.amount_minor))]
    if paid.intent.amount_minor != paid.agreement.amount_minor:
        sums.append((words["this"], money(paid.intent.amount_minor)))
    sums.append((words["taken"], money(confirmed.captured_minor)))
    if confirmed.refunded_minor:
        sums += [(words["returned"], money(confirmed.refunded_minor)), (words["stays"], money(confirmed.net_minor))]
    return Receipt(
        language,
        words["title"],
        tuple(head),
        (words["what"], words["price"], words["amount"]),
        tuple(_rows(paid.agreement.lines, words, point)),
        tuple(sums),
    )


def _rows(lines: Sequence[Line], words: Mapping[str, str], point: str) -> list[tuple[str, str, str]]:
    return [
        (line.what, f"{written(line.unit_minor, line.currency, point=point)} {_unit(line, words)}",
         written(line.amount_minor, line.currency, point=point))
        for line in lines
    ]  # fmt: skip


def _unit(line: Line, words: Mapping[str, str]) -> str:
    if line.unit is PriceUnit.HOUR:
        return f"{words['hour']}, {line.minutes} min"
    return words["seat"] if line.unit is PriceUnit.SEAT else words["reservation_unit"]


def _span(start: datetime, end: datetime, where: ZoneInfo) -> str:
    first, last = start.astimezone(where), end.astimezone(where)
    until = f"{last:%H:%M}" if first.date() == last.date() else f" {last:%Y-%m-%d %H:%M}"
    return f"{first:%Y-%m-%d %H:%M}{DASH}{until} {where.key}"
