"""What an operator may set: environment variables that begin with ``BERTH_``, or a ``.env`` file."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from berth.kit.refusal import Refused


class Settings(BaseSettings):
    """All settings with their defaults; ``.env.example`` explains each to an operator."""

    model_config = SettingsConfigDict(env_prefix="BERTH_", env_file=".env", env_ignore_empty=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    data_dir: Path = Path("data")
    database_url: str | None = None
    database_connections_max: int = Field(10, ge=2, le=500)
    broker_url: str | None = None
    services: str | None = None
    events_attempts_max: int = Field(10, ge=1, le=100)
    events_kept_days: int = Field(7, ge=1, le=3650)
    audit_kept_days: int = Field(0, ge=0, le=36_500)
    public_url: str | None = None
    trusted_proxies: str = "127.0.0.1"
    log_level: str = Field("info", pattern="^(?i:debug|info|warning|error)$")
    ready_lag_seconds_max: float = Field(60.0, gt=0)
    metrics_token: SecretStr | None = Field(None, min_length=16)
    otlp_url: str | None = Field(None, pattern="^https?://")

    admin_email: str | None = None
    admin_password: SecretStr | None = None

    access_token_minutes: int = Field(30, ge=1, le=24 * 60)
    refresh_token_days: int = Field(7, ge=1, le=365)
    password_memory_kib: int = Field(65_536, ge=12_288, le=4_194_304)

    hold_minutes: int = Field(10, ge=1, le=1440)
    holds_per_person_max: int = Field(5, ge=1, le=1000)
    offer_minutes: int = Field(30, ge=1, le=10_080)
    search_notice_minutes_min: int = Field(15, ge=0, le=10_080)

    notifications_kept_days: int = Field(90, ge=1, le=3650)
    lock_webhook_url: str | None = Field(None, pattern="^https?://[^/]")
    lock_webhook_secret: SecretStr | None = Field(None, min_length=16)
    smtp_url: SecretStr | None = None
    mail_from: str | None = None

    calendar_refresh_minutes: int = Field(15, ge=1, le=24 * 60)
    calendar_networks: str | None = None

    payment_provider: str = Field("manual", pattern="^(manual|stripe)$")
    stripe_secret_key: SecretStr | None = None
    stripe_webhook_secret: SecretStr | None = None
    stripe_api_base: str | None = Field(None, pattern="^https?://")

    body_bytes_max: int = Field(2_000_000, ge=10_000)
    rate_address_per_minute: int = Field(6_000, ge=0)
    rate_person_per_minute: int = Field(0, ge=0)
    rate_register_per_minute: int = Field(300, ge=0)
    rate_token_failures_per_minute: int = Field(60, ge=0)

    @property
    def mail_folder(self) -> Path:
        """Answer where mails are put while there is no mail server."""
        return self.data_dir.resolve() / "mail"

    @property
    def origin(self) -> str:
        """Answer the address under which people reach Berth, for links."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def read_settings() -> Settings:
    """Answer the settings; a value that cannot be is refused by the name of its variable."""
    try:
        return Settings()
    except ValidationError as error:
        found = [f"BERTH_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()]
        raise Refused("; ".join(found)) from None
