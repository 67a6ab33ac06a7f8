"""The books of the payment server: payment intents with manual capture, and what may be done to them."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Answer = tuple[int, dict[str, Any]]


class Refusal(Exception):
    """What is refused, with Stripe's code for it."""

    def __init__(self, code: str, message: str, status: int = 400, kind: str = "invalid_request_error") -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message}}


@dataclass
class Ledger:
    """Everything that the server knows. Amounts are as Stripe counts them."""

    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    charges: dict[str, dict[str, Any]] = field(default_factory=dict)
    first_answers: dict[str, tuple[object, Answer]] = field(default_factory=dict)
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def answer(self, method: str, path: str, form: Mapping[str, str], key: str | None) -> Answer:
        """Do what a request asks for; one with a key that was used is answered as the first time."""
        asked = (method, path, tuple(sorted(form.items())))
        if key and key in self.first_answers:
            first, answer = self.first_answers[key]
            if first == asked:
                return answer
            return 400, Refusal("", "Keys are for one request each.", kind="idempotency_error").body
        try:
            answer = 200, self._do(method, path.strip("/").split("/")[1:], form)
        except Refusal as refusal:
            answer = refusal.status, refusal.body
        if key:
            self.first_answers[key] = asked, answer
        return answer

    def _do(self, method: str, parts: list[str], form: Mapping[str, str]) -> dict[str, Any]:
        if (method, parts) == ("POST", ["payment_intents"]):
            return self._create(form)
        if (method, parts) == ("POST", ["refunds"]):
            return self._refund(form)
        if parts[:1] == ["payment_intents"] and len(parts) in (2, 3):
            intent = self._find(parts[1])
            verb = {"capture": self._capture, "cancel": self._cancel}.get(parts[2]) if len(parts) == 3 else None
            if verb and method == "POST":
                verb(intent, form)
            elif method != "GET" or len(parts) == 3:
                raise Refusal("unknown", "Unrecognised request URL.", 404)
            return self.shown(intent)
        raise Refusal("unknown", "Unrecognised request URL.", 404)

    def _find(self, id_: str) -> dict[str, Any]:
        if id_ not in self.intents:
            raise Refusal("resource_missing", f"No such payment_intent: '{id_}'", 404)
        return self.intents[id_]

    def _create(self, form: Mapping[str, str]) -> dict[str, Any]:
        amount = int(form["amount"])
        if amount < 50:
            raise Refusal("amount_too_small", "Amount must be at least 50.")
        id_ = f"pi_{next(self.numbers)}"
        self.intents[id_] = {
            "id": id_,
            "object": "payment_intent",
            "amount": amount,
            "amount_capturable": 0,
            "amount_received": 0,
            "capture_method": form["capture_method"],
            "client_secret": f"{id_}_secret_x",
            "currency": form["currency"],
            "last_payment_error": None,
            "latest_charge": None,
            "livemode": False,
            "metadata": {"berth_key": form["metadata[berth_key]"]},
            "status": "requires_payment_method",
        }
        return self.shown(self.intents[id_])

    def _capture(self, intent: dict[str, Any], form: Mapping[str, str]) -> None:
        if intent["status"] != "requires_capture":
            raise Refusal("payment_intent_unexpected_state", f"This intent is {intent['status']}.")
        amount = int(form["amount_to_capture"])
        if not 0 < amount <= intent["amount_capturable"]:
            raise Refusal("amount_too_large", "More than what is held.")
        intent.update(status="succeeded", amount_received=amount, amount_capturable=0)
        self.charges[intent["latest_charge"]].update(captured=True, amount_captured=amount)

    def _cancel(self, intent: dict[str, Any], _: Mapping[str, str]) -> None:
        if intent["status"] in ("succeeded", "canceled"):
            raise Refusal("payment_intent_unexpected_state", f"This intent is {intent['status']}.")
        intent.update(status="canceled", amount_capturable=0)

    def _refund(self, form: Mapping[str, str]) -> dict[str, Any]:
        intent, amount = self._find(form["payment_intent"]), int(form["amount"])
        if intent["status"] != "succeeded":
            raise Refusal("charge_not_captured", "Nothing was taken.")
        charge = self.charges[intent["latest_charge"]]
        if amount > charge["amount_captured"] - charge["amount_refunded"]:
            raise Refusal("charge_already_refunded", "More than what is left.")
        charge["amount_refunded"] += amount
        return {
            "id": f"re_{next(self.numbers)}",
            "object": "refund",
            "amount": amount,
            "payment_intent": intent["id"],
            "status": "succeeded",
        }

    def pay(self, id_: str, *, declined: bool) -> None:
        """Pay as the payer does in a browser, by a good card or by one that is declined."""
        intent = self._find(id_)
        if intent["status"] != "requires_payment_method":
            return
        if declined:
            intent["last_payment_error"] = {
                "type": "card_error",
                "code": "card_declined",
                "message": "Your card was declined.",
            }
            return
        charge = f"ch_{next(self.numbers)}"
        self.charges[charge] = {
            "id": charge,
            "object": "charge",
            "amount": intent["amount"],
            "amount_captured": 0,
            "amount_refunded": 0,
            "captured": False,
            "payment_intent": id_,
        }
        intent.update(
            status="requires_capture",
            amount_capturable=intent["amount"],
            last_payment_error=None,
            latest_charge=charge,
        )

    def expire(self, id_: str) -> None:
        """Let a hold go, as card networks do after some days."""
        intent = self._find(id_)
        if intent["status"] == "requires_capture":
            intent.update(status="canceled", amount_capturable=0)

    def shown(self, intent: dict[str, Any]) -> dict[str, Any]:
        """Answer an intent as the API shows it, with its charge written out."""
        charge = self.charges.get(intent["latest_charge"] or "")
        return {**intent, "latest_charge": charge and dict(charge)}
