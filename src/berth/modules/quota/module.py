"""The wiring of quota: it answers booking by events, and asks catalog what allowances cover and identity for names."""

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.module import Built, Module, Tools
from berth.modules.quota.api import allowances as allowances_api
from berth.modules.quota.api import standing as standing_api
from berth.modules.quota.handlers import GROUP
from berth.modules.quota.usecases.allowances import Allowances
from berth.modules.quota.usecases.confirming import Confirming
from berth.modules.quota.usecases.grants import Grants
from berth.modules.quota.usecases.standing import Standings


def quota() -> Module:
    """Answer the module of allowances."""
    return Module(
        name="quota",
        package="berth.modules.quota",
        build=_build,
        needs=(Catalog, Identity),
        groups=(GROUP,),
    )


def _build(tools: Tools) -> Built:
    catalog, identity = tools.need(Catalog), tools.need(Identity)
    standings = Standings(tools.database, catalog, identity, tools.clock)
    return Built(
        routers=(standing_api.router, allowances_api.router),
        parts=(
            standings,
            Allowances(tools.database, tools.outbox, catalog, identity, tools.clock),
            Grants(tools.database, tools.outbox, standings, identity, tools.clock),
        ),
        handlers={GROUP.name: Confirming(tools.outbox, catalog).confirm},
    )
