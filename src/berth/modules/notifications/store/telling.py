"""Telling people: the notifications, the events and the mails of a batch, by one statement."""

from collections.abc import Sequence

from berth.contracts.notifications import NotificationCreated
from berth.kit.db import Connection
from berth.modules.notifications.domain.kinds import Channel
from berth.modules.notifications.domain.news import News

SEND = "send"
"""The errand of a mail."""

# By which channels the person wants to be told; the notification, its event and the errand of its mail. Each
# event and errand bears the trace of the request that it goes back to, where a batch may hold those of many. An
# event of a payment says nothing of its reservation, so that what is known of that is put beside it. `sequence` is
# how many events the reservation had up to this one; of an order it comes along.
TELL = """
with news as materialized (
    select
        news.place, news.person_id, news.kind, news.by_self, news.subject, news.happened_at, news.mail_key,
        news.trace_parent, news.address,
        case
            when news.data ? 'start' or known.id is null then news.data
            else jsonb_build_object(
                'title', known.title, 'resource_ids', known.resource_ids,
                'start', known.starts_at, 'end', known.ends_at
            ) || news.data
        end as data,
        coalesce(news.sequence, greatest(coalesce(known.sequence, 0) - news.later, 0)) as sequence,
        coalesce(in_app.enabled, news.in_app_by_default) as in_app,
        coalesce(email.enabled, news.email_by_default) as email
    from (
        select
            place, person_id, kind, by_self, in_app_by_default, email_by_default, subject, reservation_id,
            data::jsonb as data, happened_at, mail_key, later, sequence, trace_parent, address
        from unnest(
            $1::bigint[], $2::text[], $3::boolean[], $4::boolean[], $5::boolean[], $6::text[], $7::bigint[],
            $8::text[], $9::timestamptz[], $10::text[], $11::integer[], $12::integer[], $13::text[], $14::text[]
        ) with ordinality as news (
            person_id, kind, by_self, in_app_by_default, email_by_default, subject, reservation_id,
            data, happened_at, mail_key, later, sequence, trace_parent, address, place
        )
    ) as news
    left join notifications.reservation as known
      on known.id = news.reservation_id
    left join notifications.preference as in_app
      on in_app.person_id = news.person_id
     and in_app.kind = news.kind
     and in_app.by_self = news.by_self
     and in_app.channel = 'in_app'
    left join notifications.preference as email
      on email.person_id = news.person_id
     and email.kind = news.kind
     and email.by_self = news.by_self
     and email.channel = 'email'
),
wanted as materialized (
    select
        nextval('notifications.notification_id_seq') as id,
        person_id, kind, by_self, subject, data, happened_at, trace_parent, address
    from (
        select person_id, kind, by_self, subject, data, happened_at, trace_parent, address
        from news
        where in_app
        order by place
    ) as to_tell
),
told as (
    insert into notifications.notification (person_id, id, kind, by_self, subject, data, created_at)
    select person_id, id, kind, by_self, subject, data, happened_at
    from wanted
    order by id
),
asked as (
    insert into notifications.errand (key, name, data, trace_parent, address, due_at)
    select
        mail_key,
        $15,
        jsonb_build_object(
            'person_id', person_id, 'kind', kind, 'by_self', by_self, 'data', data,
            'sequence', sequence, 'happened_at', happened_at
        ),
        trace_parent,
        address,
        now()
    from news
    where email
    order by place
    on conflict (key) do nothing
)
insert into notifications.outbox (type, subject, data, trace_parent, address)
select
    $16,
    'notification/' || id,
    jsonb_build_object(
        'notification_id', id, 'person_id', person_id, 'kind', kind, 'by_self', by_self, 'about', subject
    ),
    trace_parent,
    address
from wanted
order by id
"""


async def tell(connection: Connection, news: Sequence[News]) -> None:
    """Tell everybody who wants to be told, in this order; who switched it off is left out."""
    await connection.execute(
        TELL,
        [one.person_id for one in news],
        [one.kind for one in news],
        [one.by_self for one in news],
        [one.by_default(Channel.IN_APP) for one in news],
        [one.by_default(Channel.EMAIL) for one in news],
        [one.subject for one in news],
        [one.reservation_id for one in news],
        [one.data for one in news],
        [one.happened_at for one in news],
        [one.mail_key for one in news],
        [one.later for one in news],
        [one.sequence for one in news],
        [one.trace_parent for one in news],
        [one.address for one in news],
        SEND,
        NotificationCreated.type,
    )
