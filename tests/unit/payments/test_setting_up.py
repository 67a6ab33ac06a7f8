"""Cards are taken only where all that they need is set, and the keys show themselves to nobody."""

from pathlib import Path

import pytest

from berth.app.data_dir import read_secrets
from berth.app.modules import SettingMissing, modules
from berth.app.settings import Settings


@pytest.mark.parametrize("given", [{}, {"stripe_secret_key": "sk_x"}, {"stripe_webhook_secret": "whsec_x"}])
def test_stripe_without_both_of_its_keys_is_refused(given: dict[str, str], tmp_path: Path) -> None:
    settings = Settings(_env_file=None, payment_provider="stripe", **given)
    with pytest.raises(SettingMissing, match="BERTH_STRIPE_WEBHOOK_SECRET"):
        modules(settings, read_secrets(tmp_path))


def test_the_keys_are_not_shown() -> None:
    settings = Settings(_env_file=None, stripe_secret_key="sk_live_1", stripe_webhook_secret="whsec_1")
    assert "sk_live_1" not in repr(settings)
    assert "whsec_1" not in repr(settings)
